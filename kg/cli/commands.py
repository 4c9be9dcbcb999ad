"""The sub-commands: arguments come in, one call into a room goes out, and what it gives is shown.

Every help text stands in both languages (``both``) and ends with an example. Rooms are imported where they are used:
``kg --help`` must not wait for taggers and stores.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import list_of, listing, progress, sheet, tell
from kg.cli.help import Command, Group, UsageError, chosen
from kg.cli.language import LANGUAGES, both, say, spoken
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.build import Summary

OUTPUT = "output"
FORMATS = ("table", "csv", "tsv", "json")
_REFUSALS_SHOWN = 20

Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="DIR", help=both("图谱所在的文件夹，默认 output。", "The folder that holds the graph; default: output.")),
]
Lang = Annotated[
    str,
    typer.Option("--lang", metavar="zh|en", help=both("提示和图的语言，默认 zh（或环境变量 KG_LANG）。", "Language of messages and picture; default: zh (or KG_LANG).")),
]
Tagger = Annotated[
    str,
    typer.Option(
        "--tagger", metavar="lac|jieba", help=both("识别人名地名的模型，默认 lac。", "The model that sees names of persons and places; default: lac.")
    ),
]
Base = Annotated[str | None, typer.Option("--base", metavar="IRI", help=both("实体 IRI 的前缀。", "What the IRIs of things begin with."))]
Format = Annotated[
    str,
    typer.Option("--format", metavar="table|csv|tsv|json", help=both("结果的格式，默认 table。", "The format of the result; default: table.")),
]


def application() -> typer.Typer:
    """Return the command with its sub-commands, in the order of a newcomer's day."""
    app = typer.Typer(
        name="kg",
        cls=Group,
        help=both("政图：把官方新闻读成知识图谱，每一条事实都能回到它的原句。", "Zhengtu: reads official Chinese news into a graph; every fact leads back to its sentence."),
        epilog="kg demo\nkg build pages/ -o output\nkg ask",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_kg)
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
            "kg build pages/ --published 2024-03-05\nkg build a.txt b.jsonl.gz -o graphs/district\ncat a.txt | kg build -",
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
            both("导出全部事实，格式看后缀：.ttl .trig .nt .nq .jsonld .rdf。", "Export all facts, by suffix: .ttl .trig .nt .nq .jsonld .rdf."),
            "kg export graph.jsonld\nkg export facts.nq -o graphs/district",
        ),
        (
            show,
            both("把图谱画成一个 HTML 文件，不需要网络。", "Draw the graph as one HTML file that needs no network."),
            "kg show\nkg show picture.html -o graphs/district",
        ),
        (
            check,
            both("用 SHACL 检查图谱；有违反时退出状态为 1。", "Check the graph against its SHACL shapes; exit status 1 on a violation."),
            "kg check\nkg check -o graphs/district",
        ),
    ):
        app.command(cls=Command, help=words, epilog=epilog)(command)
    return app


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


def demo(output: Output = Path(OUTPUT), tagger: Tagger = "", lang: Lang = "zh") -> None:
    from kg.demo import pages
    from kg.read import document

    _build([document(text, f"demo/{name}") for name, text in pages()], output, None, None, tagger, lang)
    tell("")
    tell(say(f"请用浏览器打开：{output / 'graph.html'}", f"Open in a browser: {output / 'graph.html'}"))
    tell(say("然后可以问：", "Then ask:"))
    place = "" if output == Path(OUTPUT) else f" -o {output}"
    for line in (
        f"kg ask{place}",
        f"kg query{place} 'SELECT ?name ?post WHERE {{ ?p kg:holdsPost/rdfs:label ?post ; rdfs:label ?name }} ORDER BY ?post'",
        f"kg check{place}",
    ):
        tell(f"  {line}")


def build(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help=both(
                "文件（.txt、.jsonl、.jsonl.gz）、文件夹，或者 - 表示标准输入。", "Files (.txt, .jsonl, .jsonl.gz), folders, or - for standard input."
            ),
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
    tagger: Tagger = "",
    lang: Lang = "zh",
) -> None:
    if published is not None:
        from kg.read import day

        try:
            published = day(published, "--published")
        except InputError as error:
            raise typer.BadParameter(error.english if spoken() == "en" else str(error)) from None
    summary = _build(inputs, output, published, base, tagger, lang)
    if summary.refused:
        raise typer.Exit(1)
