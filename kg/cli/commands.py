"""The sub-commands: arguments come in, one call into a room goes out, and what it gives is shown.

Every help text stands in both languages (``both``) and ends with an example. Rooms are imported where they are used:
``kg --help`` must not wait for taggers and stores.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from kg.cli.completion import question_names, question_values
from kg.cli.console import list_of, listing, progress, sheet, shown, tell
from kg.cli.help import Command, Group, chosen, refuse
from kg.cli.language import LANGUAGES, both, say, spoken
from kg.errors import InputError, KgError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from kg.build import Summary
    from kg.graph import Answer, Contradiction, Question, Store
    from kg.graph.query import Asked
    from kg.graph.remote import Remote
    from kg.model import Document

OUTPUT = "output"
TAGGER = "lac"
FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "ttl", "nt", "trig", "jsonld")
_REFUSALS_SHOWN = 20
_KINDS = {
    "Person": ("人物", "persons"), "Post": ("职务", "posts"), "Organization": ("机构", "organizations"), "Area": ("行政区", "areas"),
    "Place": ("地点", "places"), "Project": ("项目", "projects"), "Policy": ("政策", "policies"), "Document": ("文件", "documents"),
    "Meeting": ("会议", "meetings"), "Inspection": ("调研", "inspections"), "Talks": ("会见", "talks"), "Ceremony": ("仪式", "ceremonies"),
    "Release": ("发布", "releases"), "Appointment": ("任免", "appointments"),
}  # fmt: skip

Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="DIR", help=both("图谱所在的文件夹，默认 output。", "The folder that holds the graph; default: output.")),
]
Lang = Annotated[
    str,
    typer.Option("--lang", metavar="zh|en", help=both("提示和图的语言，默认 zh（或 KG_LANG）。", "Language of messages and picture; default: zh or KG_LANG.")),
]
Tagger = Annotated[
    str,
    typer.Option(
        "--tagger", metavar="lac|jieba", help=both("识别人名地名的模型，默认 lac。", "The model that sees names of persons and places; default: lac.")
    ),
]
Base = Annotated[str | None, typer.Option("--base", metavar="IRI", help=both("实体 IRI 的前缀。", "What the IRIs of things begin with."))]
Corrections = Annotated[
    Path | None,
    typer.Option(
        "--corrections",
        metavar="FILE",
        help=both("人工更正的表，默认是图谱里的 corrections.tsv。", "The table of corrections by hand; default: corrections.tsv of the graph."),
    ),
]
Format = Annotated[
    str,
    typer.Option("--format", metavar="|".join(FORMATS), help=both("结果的格式，默认 table。", "The format of the result; default: table.")),
]
Reason = Annotated[
    bool,
    typer.Option("--reason", help=both("连同推理结果（先用 kg build --reason 推出）。", "With what was inferred (by kg build --reason).")),
]
At = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help=both("查远程的 SPARQL 库，不查本地的文件夹。", "Ask the SPARQL store at URL instead of the folder."),
    ),
]
To = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help=both(
            "建好后同步到远程的 SPARQL 1.1 库；密码用 KG_STORE_USER 和 KG_STORE_PASSWORD，或 KG_STORE_TOKEN。",
            "Then bring a SPARQL 1.1 store up to date; credentials: KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN.",
        ),
    ),
]


def application() -> Callable[..., Any]:
    """Return the command with its sub-commands, in the order of a newcomer's day."""
    app = typer.Typer(
        name="kg",
        cls=Group,
        help=both(
            "政图：把官方新闻读成知识图谱，每一条事实都能回到它的原句。",
            "Zhengtu: reads official Chinese news into a graph; every fact leads back to its sentence.",
        ),
        epilog="kg demo\nkg build pages/ -o output\nkg ask",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_kg)
    if "_KG_COMPLETE" in os.environ:  # a shell asks what may follow; else nothing of it is loaded, and --help has no option of it
        from typer.completion import get_completion_inspect_parameters

        get_completion_inspect_parameters()  # makes the shells known that typer can serve
    for command, words, epilog in (
        (
            demo,
            both("用自带的虚构版面建一张图谱，再告诉你打开什么、问什么。", "Build a graph from invented pages, then say what to open and what to ask."),
            "kg demo\nkg demo -o /tmp/demo --lang en",
        ),
        (
            build,
            both(
                "读文件、文件夹或标准输入，建成图谱。\n写出 store/、graph.ttl、graph.trig、graph.html；没有变化的文件不再重读。",
                "Read files, folders or standard input into a graph.\nWrites store/, graph.ttl, graph.trig, graph.html; what did not change is not read again.",
            ),
            "kg build pages/ --published 2024-03-05\nkg build a.txt b.jsonl.gz -o graphs/district --reason\ncat a.txt | kg build -",
        ),
        (
            listed,
            both("列出图谱里的报道：日期、标题、文件。", "List the articles of the graph: day, headline, file."),
            "kg list\nkg list --format csv -o graphs/district",
        ),
        (
            remove,
            both(
                "从图谱里去掉文件或报道；只有它们说过的事实随之消失。",
                "Take files or articles out of the graph, and with them whatever only they said.",
            ),
            "kg remove pages/a.txt\nkg remove 3f0c1d2e4b5a6978 -o graphs/district",
        ),
        (
            query,
            both("用 SPARQL 查询图谱；常用前缀不必声明。", "Ask the graph in SPARQL; the usual prefixes need not be declared."),
            "kg query 'SELECT ?name WHERE { ?p a kg:Person ; rdfs:label ?name }'\nkg query -f question.rq --format csv > answer.csv",
        ),
        (
            ask,
            both("列出自带的问题，或者运行其中一个。", "List the saved questions, or run one."),
            "kg ask\nkg ask posts\nkg ask posts name=张三 --format csv",
        ),
        (
            export,
            both(
                "导出全部事实，格式看后缀。\nRDF：.ttl .trig .nt .nq .jsonld .rdf；Gephi：.gexf .graphml；Excel：.csv；Neo4j：以 / 结尾的文件夹。",
                "Export all facts, by suffix.\nRDF: .ttl .trig .nt .nq .jsonld .rdf; Gephi: .gexf .graphml; Excel: .csv; Neo4j: a folder that ends in /.",
            ),
            "kg export graph.jsonld\nkg export network.gexf -o graphs/district\nkg export neo4j/",
        ),
        (
            stats,
            both(
                "图谱概览：各类多少、谁最忙、强调什么、调研哪里、谁常在一起。",
                "The graph at a glance: counts, who is busiest, what is stressed, what is visited, who appears with whom.",
            ),
            "kg stats\nkg stats --top 20 --format csv > stats.csv",
        ),
        (
            show,
            both("把图谱画成一个 HTML 文件，不需要网络。", "Draw the graph as one HTML file that needs no network."),
            "kg show\nkg show picture.html -o graphs/district",
        ),
        (
            serve,
            both(
                "把图谱放到 HTTP 上：SPARQL 查询、查询页、每个实体的网页。\n默认只在本机、只读；--writable 要求环境变量 KG_TOKEN 里有令牌。",
                "Serve the graph over HTTP: SPARQL, a query page, a page for every thing.\n"
                "Only this machine and only for reading by default; --writable wants a token in KG_TOKEN.",
            ),
            "kg serve\nkg serve -o graphs/district --port 8080 --cors '*'\nKG_TOKEN=… kg serve --writable",
        ),
        (
            check,
            both("用 SHACL 检查图谱；有违反时退出状态为 1。", "Check the graph against its SHACL shapes; exit status 1 on a violation."),
            "kg check\nkg check -o graphs/district",
        ),
        (
            mcp,
            both(
                "让智能助手查询图谱（MCP，标准输入输出）；由助手启动，要先 pip install 'zhengtu[mcp]'。",
                "Let assistants ask the graph (MCP on standard input and output); the assistant starts it. First: pip install 'zhengtu[mcp]'.",
            ),
            "kg mcp -o graphs/district\nkg mcp --timeout 5 --limit 50",
        ),
    ):
        app.command("list" if command is listed else None, cls=Command, help=words, epilog=epilog)(command)
    return get_command(app)


def _kg(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", "-V", is_eager=True, help=both("显示版本。", "Show the version."))] = False,
    lang: Lang = "zh",
) -> None:
    chosen(lang, LANGUAGES, "--lang")
    if version:
        from kg import __version__

        print(f"kg {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


def demo(output: Output = Path(OUTPUT), tagger: Tagger = TAGGER, lang: Lang = "zh") -> None:
    from kg.demo import pages
    from kg.read import document

    _build([document(text, f"demo/{name}") for name, text in pages()], output, None, None, tagger, lang)
    tell("")
    tell(say(f"请用浏览器打开：{output / 'graph.html'}", f"Open in a browser: {output / 'graph.html'}"))
    tell(say("然后可以问：", "Then ask:"))
    place = "" if output == Path(OUTPUT) else f" -o {output}"
    for line in (
        "kg ask",
        f"kg ask inspections name=松涛里城市更新项目{place}",
        f"kg ask statements name=沈牧之{place}",
        f"kg query{place} 'SELECT ?人 ?职务 WHERE {{ ?p kg:holdsPost/rdfs:label ?职务 ; rdfs:label ?人 }} ORDER BY ?职务'",
        f"kg check{place}",
    ):
        tell(f"  {line}")


def build(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help=both("文件（.txt、.jsonl、.jsonl.gz）、文件夹，或者 - 表示标准输入。", "Files (.txt, .jsonl, .jsonl.gz), folders, or - for standard input."),
        ),
    ],
    output: Output = Path(OUTPUT),
    published: Annotated[
        str | None,
        typer.Option(
            "--published", metavar="DATE", help=both("没有注明日期的文章的发表日期，如 2024-03-05。", "The day of what does not date itself: 2024-03-05.")
        ),
    ] = None,
    base: Base = None,
    tagger: Tagger = TAGGER,
    corrections: Corrections = None,
    reason: Annotated[
        bool | None,
        typer.Option(
            "--reason/--no-reason",
            help=both(
                "按本体推出上位类、上位属性、逆属性、区划链，以后每次构建都随之更新；--no-reason 去掉。",
                "Infer superclasses, superproperties, inverses and chains of areas, now and at every later build; --no-reason removes them.",
            ),
        ),
    ] = None,
    store: To = None,
    store_update: Annotated[
        str | None,
        typer.Option("--store-update", metavar="URL", help=both("那个库的更新服务，如果自动找不到。", "Its service for updates, if it is not found.")),
    ] = None,
    store_graphs: Annotated[
        str | None,
        typer.Option("--store-graphs", metavar="URL", help=both("那个库的图服务，如果自动找不到。", "Its Graph Store service, if it is not found.")),
    ] = None,
    store_replace: Annotated[
        bool, typer.Option("--store-replace", help=both("先清掉那个库里的图谱，再全部重传。", "Take the graph that is there away, and send all anew."))
    ] = False,
    lang: Lang = "zh",
) -> None:
    from kg.graph import checked_base
    from kg.read import day

    try:
        published = None if published is None else day(published, "--published")
        base = None if base is None else checked_base(base)
    except KgError as error:
        raise typer.BadParameter(error.english if spoken() == "en" else str(error)) from None
    if store is None and (store_update or store_graphs or store_replace):
        raise typer.BadParameter(say("--store-… 要和 --store URL 一起用。", "--store-… goes with --store URL."))
    with _remote(store, store_update, store_graphs) as remote:
        summary = _build(inputs, output, published, base, tagger, lang, corrections, reason, remote, store_replace)
    if summary.refused or summary.unmet:
        raise typer.Exit(1)


def listed(output: Output = Path(OUTPUT), store: At = None, format: Format = "table", lang: Lang = "zh") -> None:
    chosen(lang, LANGUAGES, "--lang")
    chosen(format, FORMATS, "--format")
    from kg.graph import ask as answer

    with _graph(output, store) as graph:
        _show(answer(graph, "articles"), format)


def remove(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE|FILE",
            help=both("报道的编号或 IRI，或者文件、文件夹（见 kg list）。", "Ids or IRIs of articles, files or folders; see kg list."),
        ),
    ],
    output: Output = Path(OUTPUT),
    corrections: Corrections = None,
    store: To = None,
    lang: Lang = "zh",
) -> None:
    chosen(lang, LANGUAGES, "--lang")
    from kg.build import remove as taken_out

    with _remote(store) as remote:
        summary, gone = taken_out(names, output, corrections=corrections, lang=spoken(), remote=remote)
    tell(say(f"已去掉：{'、'.join(gone)}", f"removed: {', '.join(gone)}"))
    tell(say(f"图谱里还有 {summary.articles:,} 篇报道。", f"{summary.articles:,} articles are left in the graph."))
    _warn(summary)


def query(
    sparql: Annotated[str | None, typer.Argument(metavar="SPARQL", help=both("查询；- 表示标准输入。", "The query; - for standard input."))] = None,
    file: Annotated[str | None, typer.Option("--file", "-f", metavar="FILE", help=both("从文件读查询。", "Read the query from a file."))] = None,
    output: Output = Path(OUTPUT),
    store: At = None,
    format: Format = "table",
    timeout: Annotated[
        str, typer.Option("--timeout", metavar="SECONDS", help=both("最多查多少秒，默认 60。", "Stop the query after so many seconds; default: 60."))
    ] = "60",
    limit: Annotated[str | None, typer.Option("--limit", metavar="N", help=both("最多给出多少行。", "Give no more than N rows."))] = None,
    reason: Reason = False,
    lang: Lang = "zh",
) -> None:
    chosen(lang, LANGUAGES, "--lang")
    chosen(format, FORMATS, "--format")
    if not re.fullmatch(r"\d{1,6}(\.\d+)?", timeout, re.ASCII) or float(timeout) == 0:
        raise typer.BadParameter(say(f"--timeout 不接受“{timeout}”。请给一个秒数，如 60。", f"--timeout does not take {timeout!r}. Give seconds such as 60."))
    if limit is not None and not re.fullmatch(r"\d{1,18}", limit, re.ASCII):
        raise typer.BadParameter(say(f"--limit 不接受“{limit}”。请给一个整数，如 100。", f"--limit does not take {limit!r}. Give a number such as 100."))
    if (sparql is None) == (file is None):
        raise typer.BadParameter(say("请给出一个查询：SPARQL 或者 -f FILE。", "Give one query: SPARQL or -f FILE."))
    if sparql == "-":
        sparql, file = None, "-"
    text = sparql if sparql is not None else _text_of(str(file))
    if store is not None:
        from kg.graph import query as answer

        with _graph(output, store) as graph:
            _show(answer(graph, text, reason=reason), format)
        return
    from kg.graph import Answer, answered

    found = answered(output, text, format, timeout=float(timeout), limit=None if limit is None else int(limit), reason=reason)
    if isinstance(found, Answer):
        _show(found, format)
        return
    sys.stdout.flush()
    for piece in found:
        _write(piece)
    if format in ("json", "xml") and sys.stdout.isatty():
        print()


def ask(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME|QUESTION",
            help=both("自带问题的名字，或者一句中文；不写则列出全部。", "The name of a saved question, or a question in Chinese; without it all are listed."),
            autocompletion=question_names,
        ),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="KEY=VALUE", help=both("参数，如 name=张三。", "Parameters of the question."), autocompletion=question_values),
    ] = None,
    output: Output = Path(OUTPUT),
    store: At = None,
    format: Format = "table",
    lang: Lang = "zh",
) -> None:
    chosen(lang, LANGUAGES, "--lang")
    chosen(format, FORMATS, "--format")
    from kg.graph import GROUPS, questions
    from kg.graph import ask as answer

    known = {question.name: question for question in questions()}
    if name is None:
        for group, titles in GROUPS.items():
            print(f"{titles[spoken() == 'en']}")
            listing([(f"  {one.name}", _asked(one)) for one in known.values() if one.group == group], sys.stdout)
        return
    if name not in known:
        if not re.search(r"[\u3400-\u9fff\s]", name) and len(name) < 20:
            refuse(say(f"没有“{name}”这个问题。", f"There is no question {name!r}."), name, known)
        if values:
            raise typer.BadParameter(say("一句话的问题要放在引号里，后面没有参数。", "A plain question stands in quotes, without parameters."))
        with _graph(output, store) as graph:
            _show(_plainly_asked(graph, name), format)
        return
    filled = _pairs(values or [], [parameter.name for parameter in known[name].parameters])
    if any(parameter.required and parameter.name not in filled for parameter in known[name].parameters):
        for line in _described(known[name]):
            tell(line)
    with _graph(output, store) as graph:
        _show(answer(graph, name, filled), format)


def _plainly_asked(graph: Asked, text: str) -> Answer:
    """Return the answer to a plain question, and tell how it was understood, so that the saved question can be learned from it."""
    from dataclasses import replace

    from kg.asking import understood
    from kg.graph import ask as answer
    from kg.graph import select

    meant = understood(text, lambda sparql: select(graph, sparql))
    answers = []
    for one in meant:
        tell(say("问的是：", "asked: ") + "kg ask " + " ".join(shlex.quote(word) for word in (one.question, *(f"{key}={value}" for key, value in one.values))))
        answers.append(answer(graph, one.question, dict(one.values)))
    return replace(answers[0], terms=tuple(dict.fromkeys(row for found in answers for row in found.terms)))


def export(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help=both("要写的文件，格式看后缀；或者以 / 结尾的文件夹。", "The file to write, by suffix; or a folder that ends in /.")
        ),
    ],
    output: Output = Path(OUTPUT),
    store: At = None,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="neo4j", help=both("把 FILE 写成给 Neo4j 导入的文件夹。", "Write FILE as a folder that Neo4j imports.")),
    ] = None,
    reason: Reason = False,
    lang: Lang = "zh",
) -> None:
    chosen(lang, LANGUAGES, "--lang")
    if format is not None:
        chosen(format, ("neo4j",), "--format")
    from kg.analysis import SUFFIXES as TOOLS
    from kg.analysis import export as handed_on
    from kg.analysis import export_neo4j
    from kg.graph import SUFFIXES, select
    from kg.graph import export as written

    path, is_folder = Path(file), format == "neo4j" or file.endswith(("/", os.sep))
    if not is_folder and path.suffix.lower() not in (*SUFFIXES, *TOOLS):
        refuse(say(f"不认识后缀“{path.suffix}”。", f"There is no format for the suffix {path.suffix!r}."), "", (*SUFFIXES, *TOOLS, "neo4j/"))
    if is_folder or path.suffix.lower() in TOOLS:
        with _graph(output, store) as graph:
            (export_neo4j if is_folder else handed_on)(lambda question: select(graph, question), path)
    else:
        with _here(output, store, named=path.suffix.lower() in (".trig", ".nq")) as whole:
            written(whole, path, reason=reason)
    tell(say(f"已写出 {file}", f"written: {file}"))


def stats(
    output: Output = Path(OUTPUT),
    store: At = None,
    format: Annotated[
        str, typer.Option("--format", metavar="table|csv|json", help=both("结果的格式，默认 table。", "The format of the result; default: table."))
    ] = "table",
    top: Annotated[str, typer.Option("--top", metavar="N", help=both("每张表最多几行，默认 10。", "The most lines of a list; default: 10."))] = "10",
    lang: Lang = "zh",
) -> None:
    chosen(lang, LANGUAGES, "--lang")
    chosen(format, ("table", "csv", "json"), "--format")
    if not top.isdecimal() or int(top) < 1:
        raise typer.BadParameter(say(f"--top 不接受“{top}”。请给一个正整数，如 20。", f"--top does not take {top!r}. Give a number such as 20."))
    from kg.analysis import as_csv, as_json, heads, lines, title
    from kg.analysis import stats as counted
    from kg.graph import select

    with _graph(output, store) as graph:
        sections = counted(lambda question: select(graph, question), int(top))
    if format != "table":
        sys.stdout.write((as_csv if format == "csv" else as_json)(sections, spoken()))
        return
    for section in sections:
        print(f"\n{title(section, spoken())}")
        sheet(lines(section, spoken()), heads(section, spoken()), sys.stdout)


def show(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help=both("要写的 HTML 文件，默认是图谱里的 graph.html。", "The HTML file; default: graph.html of the graph.")),
    ] = None,
    output: Output = Path(OUTPUT),
    store: At = None,
    lang: Lang = "zh",
) -> None:
    chosen(lang, LANGUAGES, "--lang")
    from kg.build import draw

    target = output / "graph.html" if file is None else file
    with _graph(output, store) as graph:
        draw(graph, target, spoken())
    tell(say(f"请用浏览器打开：{target}", f"Open in a browser: {target}"))


def serve(
    output: Output = Path(OUTPUT),
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help=both("在哪个地址上服务，默认 127.0.0.1（只有本机）。", "The address; default: 127.0.0.1."))
    ] = "127.0.0.1",
    port: Annotated[
        str, typer.Option("--port", metavar="PORT", help=both("端口，默认 7878；0 表示任取一个。", "The port; default: 7878; 0: any that is free."))
    ] = "7878",
    writable: Annotated[
        bool,
        typer.Option(
            "--writable",
            help=both("允许凭 KG_TOKEN 里的令牌更新（/update、/graphs）。", "Take updates (/update, /graphs) from who shows the token of KG_TOKEN."),
        ),
    ] = False,
    cors: Annotated[
        str | None,
        typer.Option("--cors", metavar="ORIGIN", help=both("允许哪个网站的页面读取；* 表示所有。", "The site whose pages may read; * for all.")),
    ] = None,
    timeout: Annotated[
        str, typer.Option("--timeout", metavar="SECONDS", help=both("每个查询最多几秒，默认 30。", "Seconds that a query may take; default: 30."))
    ] = "30",
    allow: Annotated[
        list[str] | None,
        typer.Option("--allow", metavar="IRI", help=both("SERVICE 可以访问的地址；可以写几次。", "An address that SERVICE may reach; can be repeated.")),
    ] = None,
    licence: Annotated[
        str, typer.Option("--licence", metavar="IRI", help=both("图谱的许可，写进它的说明。", "The licence of the graph, told in its description."))
    ] = "",
    lang: Lang = "zh",
) -> None:
    chosen(lang, LANGUAGES, "--lang")
    if not (port.isascii() and port.isdecimal() and int(port) < 65536):
        raise typer.BadParameter(say(f"--port 不接受“{port}”。请给 0 到 65535。", f"--port does not take {port!r}. Give 0 to 65535."))
    if not re.fullmatch(r"\d{1,6}(\.\d+)?", timeout, re.ASCII) or not float(timeout):
        raise typer.BadParameter(say(f"--timeout 不接受“{timeout}”。请给秒数，如 30。", f"--timeout does not take {timeout!r}. Give seconds, such as 30."))
    if cors is not None and not re.fullmatch(r"\*|https?://[^\s/]+", cors):
        raise typer.BadParameter(
            say(f"--cors 不接受“{cors}”。请给 * 或 https://例子.网站。", f"--cors does not take {cors!r}. Give * or an origin such as https://site.example.")
        )
    from kg.graph import checked_iri
    from kg.serve import Settings, token_from
    from kg.serve import serve as served

    token = token_from(os.environ) if writable else None
    settings = Settings(token, cors, float(timeout), allowed=tuple(map(checked_iri, allow or [])), licence=checked_iri(licence) if licence else "")

    def started(address: str) -> None:
        tell(say(f"正在服务：{address}（查询页），{address}sparql。按 Ctrl-C 停止。", f"serving: {address} (query page), {address}sparql. Ctrl-C stops."))

    served(output, host, int(port), settings, started=started)


def check(output: Output = Path(OUTPUT), lang: Lang = "zh") -> None:
    chosen(lang, LANGUAGES, "--lang")
    from kg.graph import Store
    from kg.graph import check as checked

    with Store(output, reading=True) as store:
        report = checked(store)
    for line in report.lines(spoken()):
        print(shown(line))
    if not report.conforms:
        number = len(report.violations)
        tell(say(f"图谱有 {number} 处不合规则。", f"The graph breaks its rules in {number} places."))
        raise typer.Exit(1)
    tell(say("图谱符合全部规则。", "The graph keeps all its rules."))


def mcp(
    output: Output = Path(OUTPUT),
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help=both("一次查询最多几秒。", "Seconds that a query may take."))] = 20.0,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="ROWS", help=both("一次最多几行。", "The most rows of an answer."))] = 100,
    lang: Lang = "zh",
) -> None:
    chosen(lang, LANGUAGES, "--lang")
    from kg.assistant import serve

    serve(output, timeout=timeout, limit=limit)


# ---------------------------------------------------------------- what the commands share


@contextmanager
def _remote(url: str | None, update: str | None = None, graphs: str | None = None) -> Iterator[Remote | None]:
    """Give the store at a URL, if there is one."""
    if url is None:
        yield None
        return
    from kg.graph.remote import Remote

    with Remote(url, update=update, graphs=graphs) as remote:
        yield remote


def _graph(output: Path, url: str | None) -> AbstractContextManager[Asked]:
    """Return what is asked: the store at a URL, or that of the folder."""
    if url is not None:
        from kg.graph.remote import Remote

        return Remote(url)
    from kg.graph import Store

    return Store(output, reading=True)


@contextmanager
def _here(output: Path, url: str | None, *, named: bool) -> Iterator[Store]:
    """Give the store of the folder, or a copy of that at a URL."""
    if url is None:
        from kg.graph import Store

        with Store(output, reading=True) as store:
            yield store
        return
    from kg.graph.remote import Remote, pulled

    with Remote(url) as remote, pulled(remote, named=named) as copied:
        yield copied


def _build(
    inputs: Sequence[str | Document],
    output: Path,
    published: str | None,
    base: str | None,
    tagger: str,
    lang: str,
    corrections: Path | None = None,
    reason: bool | None = None,
    remote: Remote | None = None,
    replace: bool = False,
) -> Summary:
    """Build, with a bar; then show the table, and last what was passed over."""
    chosen(lang, LANGUAGES, "--lang")
    from kg.build import build as built
    from kg.build import extent
    from kg.extract.tag import TAGGERS

    chosen(tagger, list(TAGGERS), "--tagger")
    with progress(say("正在读", "reading"), lambda: extent(inputs, output)) as report:
        summary = built(
            inputs,
            output,
            published=published,
            base=base,
            tagger=tagger,
            corrections=corrections,
            lang=spoken(),
            reason=reason,
            remote=remote,
            replace=replace,
            report=report,
        )
    if summary.articles:
        sheet(_results(summary), ("", ""), sys.stderr)
    if summary.contradictions:
        tell(_contradicted(summary.contradictions))
    for refused in summary.refused[:_REFUSALS_SHOWN]:
        told = refused.error.english if spoken() == "en" else str(refused.error)
        tell(say("跳过：", "passed over: ") + told)
    if (more := len(summary.refused) - _REFUSALS_SHOWN) > 0:
        tell(say(f"跳过：另外还有 {more} 处。", f"passed over: {more} more."))
    _warn(summary)
    return summary


def _warn(summary: Summary) -> None:
    """Tell which corrections by hand meet nothing in the graph, and that the picture is an older one."""
    if summary.stale:
        picture = summary.output / "graph.html"
        tell(
            say(
                f"变动不多，{picture} 没有重画，仍是上次的图。要重画请运行 kg show -o {summary.output}",
                f"little has changed: {picture} was not drawn again and shows the graph as it was. To draw it: kg show -o {summary.output}",
            )
        )
    for one in summary.unmet:
        tell(
            say(
                f"更正 {one.id}（{one.action} {one.thing}）在图谱里没有对应的内容。请检查或删去这一行。",
                f"correction {one.id} ({one.action} {one.thing}) meets nothing in the graph. Check the line or delete it.",
            )
        )


def _contradicted(found: Sequence[Contradiction]) -> str:
    """Return one line on what cannot be, with the first case as the example."""
    first, number = found[0], len(found)
    one, other = (each.rpartition("#")[2] for each in (first.one, first.other))
    return say(
        f"推理发现 {number} 处矛盾，例如 {first.thing} 既是 {one} 又是 {other}。请用 kg check 查看。",
        f"{number} contradictions follow, such as {first.thing}, which is both {one} and {other}. See kg check.",
    )


def _results(summary: Summary) -> Iterator[tuple[str, str]]:
    """Yield the rows of the closing table."""
    changes = (
        (summary.added, say("新增", "new")),
        (summary.replaced, say("替换", "replaced")),
        (summary.removed, say("移除", "removed")),
        (summary.unchanged, say("未变", "unchanged")),
    )
    told = list_of([f"{name} {number:,}" if spoken() == "zh" else f"{number:,} {name}" for number, name in changes if number])
    yield say("报道", "articles"), f"{summary.articles:,}" + (say(f"（{told}）", f" ({told})") if told else "")
    for kind, number in summary.things:
        yield say(*_KINDS[kind]), f"{number:,}"
    yield say("事件合计", "events in all"), f"{summary.events:,}"
    yield say("表述", "statements"), f"{summary.statements:,}"
    yield say("三元组", "triples"), f"{summary.triples:,}"
    if summary.inferred is not None:
        yield say("推理得出", "inferred"), f"{summary.inferred:,}"
    yield say("用时", "seconds"), f"{summary.seconds:.1f}" + say(" 秒", "")
    if summary.refused:
        yield say("跳过", "passed over"), f"{len(summary.refused):,}"
    yield say("写到", "written to"), str(summary.output)
    if summary.pushed is not None:
        sent = summary.pushed
        told = say(f"传了 {sent.triples:,} 条，{sent.articles:,} 篇报道", f"{sent.triples:,} triples sent, {sent.articles:,} articles")
        yield say("同步到", "copied to"), f"{sent.url}" + say(f"（{told}）", f" ({told})")


def _show(answer: Answer, format: str) -> None:
    """Write an answer to standard output; only a terminal gets lines that are broken to fit."""
    if format == "table" and sys.stdout.isatty():
        sheet(answer.rows, answer.columns, sys.stdout)
    else:
        sys.stdout.write(answer.text(format))


def _write(piece: bytes) -> None:
    """Write bytes as they are, where standard output takes them."""
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.buffer.write(piece)
    else:
        sys.stdout.write(piece.decode())


def _asked(question: Question) -> str:
    label = question.english if spoken() == "en" else question.label
    return " ".join([label, *(f"[{parameter.name}=…]" for parameter in question.parameters)])


def _described(question: Question) -> list[str]:
    """Return what a question asks, its parameters and an example, line by line."""
    english = spoken() == "en"
    lines = [f"{question.name}：{question.label}" if not english else f"{question.name}: {question.english}"]
    for one in question.parameters:
        must = say("（必填）", " (required)") if one.required else ""
        lines.append(f"  {one.name}  {one.english if english else one.note}{must}")
    if question.example:
        lines.append(say("例：", "Example: ") + f"kg ask {question.name} " + " ".join(f"{key}={value}" for key, value in question.example))
    return lines


def _pairs(values: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """Return ``key=value`` words as a mapping; a wrong key is wrong usage."""
    filled: dict[str, str] = {}
    for word in values:
        key, sign, value = word.partition("=")
        if not sign:
            example = f"{known[0]}={key}" if known else "KEY=VALUE"
            raise typer.BadParameter(say(f"“{word}”不是参数。请写成 {example}。", f"{word!r} is no parameter. Write {example}."))
        if key not in known:
            refuse(say(f"没有“{key}”这个参数。", f"There is no parameter {key!r}."), key, known)
        filled[key] = value
    return filled


def _text_of(file: str) -> str:
    """Return the text of a query file, or of standard input."""
    from kg.read import decoded

    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise InputError(f"{file}：读不了（{error.strerror}）。", f"{file}: cannot be read ({error.strerror}).") from None
    return decoded(content, file)
