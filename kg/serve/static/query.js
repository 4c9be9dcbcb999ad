// The query page: YASGUI asks this endpoint and no other; completion comes from our own ontology, which the page brings along.
"use strict";
(function () {
  const told = JSON.parse(document.getElementById("told").textContent);
  const endpoint = new URL(told.endpoint, location.href).href;
  const Yasgui = window.Yasgui;
  const Yasqe = Yasgui.Yasqe;

  // the completers that YASGUI brings ask other sites
  for (const name of Object.keys(Yasqe.Autocompleters)) {
    if (name !== "variables") delete Yasqe.Autocompleters[name];
  }
  Yasqe.defaults.autocompleters = Yasqe.defaults.autocompleters.filter((name) => name === "variables");

  const prefixes = Object.entries(told.prefixes);
  const shortened = (iri) => {
    for (const [prefix, space] of prefixes) if (iri.startsWith(space)) return prefix + ":" + iri.slice(space.length);
    return "<" + iri + ">";
  };
  const terms = told.terms.map((term) => ({ ...term, short: shortened(term.iri) }));
  const byName = new Map(terms.map((term) => [term.short, term]));

  // A name of the ontology is found by its letters and by its words: "kg:holds", "任职".
  function hints(editor) {
    const cursor = editor.getCursor();
    const before = editor.getLine(cursor.line).slice(0, cursor.ch);
    const word = /[\w:\u3400-\u9fff-]*$/.exec(before)[0];
    const wanted = word.toLowerCase();
    const list = !wanted ? [] : terms
      .filter((term) => term.short.toLowerCase().includes(wanted) || term.label.toLowerCase().includes(wanted))
      .sort((a, b) => (b.short.toLowerCase().startsWith(wanted) - a.short.toLowerCase().startsWith(wanted)) || (a.short < b.short ? -1 : 1))
      .slice(0, 40)
      .map((term) => ({
        text: term.short,
        hint: (cm, data, picked) => {
          cm.replaceRange(picked.text, data.from, data.to, "complete");
          const name = picked.text.split(":")[0];
          if (told.prefixes[name] && !(name in cm.getPrefixesFromQuery())) cm.addPrefixes({ [name]: told.prefixes[name] });
        },
        render: (line) => {
          line.textContent = term.short + "  " + term.label;
          line.title = term.meaning || term.iri;
        },
      }));
    return { list, from: { line: cursor.line, ch: cursor.ch - word.length }, to: cursor };
  }

  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint, method: "POST", acceptHeaderGraph: "text/turtle,*/*;q=0.1", acceptHeaderSelect: "application/sparql-results+json" },
    endpointCatalogueOptions: { getData: () => [] },
    copyEndpointOnNewTab: false,
    persistenceId: null,
    autofocus: true,
    yasqe: {
      value: ["kg", "rdfs"].map((name) => `PREFIX ${name}: <${told.prefixes[name]}>\n`).join("") + "\nSELECT ?name ?post WHERE {\n  ?person kg:holdsPost/rdfs:label ?post ;\n          rdfs:label ?name .\n}\nORDER BY ?name\nLIMIT 100",
      createShareableLink: null,
      persistenceId: null,
      showQueryButton: true,
      resizeable: true,
    },
    yasr: { prefixes: told.prefixes, persistenceId: null },
  });

  const editor = () => yasgui.getTab().getYasqe();
  function attend(tab) {
    const yasqe = tab.getYasqe();
    if (!yasqe || yasqe.isAttended) return;
    yasqe.isAttended = true;
    const complete = (automatic) => yasqe.showHint({ hint: hints, completeSingle: false, closeOnUnfocus: true, automatic });
    yasqe.setOption("extraKeys", { ...yasqe.getOption("extraKeys"), "Ctrl-Space": () => complete(false), "Alt-Enter": () => complete(false) });
    yasqe.on("inputRead", (_, change) => {
      if (/[\w:\u3400-\u9fff]/.test(change.text[change.text.length - 1])) setTimeout(() => complete(true), 0);
    });
  }
  yasgui.on("tabSelect", () => setTimeout(() => attend(yasgui.getTab()), 0));
  attend(yasgui.getTab());

  const chooser = document.getElementById("questions");
  told.questions.forEach((question, number) => {
    const option = document.createElement("option");
    option.value = String(number);
    option.textContent = question.label;
    chooser.append(option);
  });
  chooser.addEventListener("change", () => {
    const question = told.questions[Number(chooser.value)];
    if (chooser.value !== "" && question) editor().setValue(question.sparql);
  });

  window.queryPage = { yasgui, terms, byName };
})();
