using Chat.Daemon.Commands;
using Chat.Generators.Declared;
using Chat.Generators.Reading;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Tests;

/// <summary>Examples are checked at build time, by the daemon's rules.</summary>
[TestClass]
public sealed class ExampleTests
{
    private const string Source = """
        internal sealed class Commands
        {
            /// <summary>x</summary>
            [Command("jogar"), Alias("play now", "en")]
            public string Play(int dados, TimeSpan? tempo, Role? papel, [Option, Alias("m")] double? multa, [Flag] bool emSegredo,
                [Remainder] string motivo = "") => "";

            /// <summary>x</summary>
            [Command("dar")]
            public string Give(User alvo, [Choices("maçã", "pera")] string fruta, bool? já, params long[] quantas) => "";

            /// <summary>x</summary>
            [Command("medir")]
            public string Measure([Length(2, 3)] string nome, [Range(1, 6)] int lado, [Range("1s", "1m")] TimeSpan tempo,
                [Length(1, 2)] params Guid[] ids) => "";
        }
        """;

    private static readonly string[] Pieces =

        [
            "3",
            "-3",
            "x",
            "30s",
            "1h30m",
            "7 d",
            "admin",
            "membro",
            "--multa",
            "--m=1.5",
            "--MULTA",
            "1.5",
            "--em-segredo",
            "--em-segredo=não",
            "--",
            "--x",
            "\"a b\"",
            "\"a",
            "“b”",
            "\\--x",
            "a\"b",
            "PERA",
            "maca",
            "sim",
            "bia",
            "99999999999",
            "",
        ];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("/medir ana 6 1m x y", null)]
    [DataRow("/medir a 6 1m x", "nome needs at least 2 characters")]
    [DataRow("/medir 🎲🎲 6 1m x", null)]
    [DataRow("/medir ana 7 1m x", "lado must be at most 6")]
    [DataRow("/medir ana 6 2m x", "tempo must be at most 1m")]
    [DataRow("/medir ana 6 1m x y z", "ids can have at most 2 values")]
    [DataRow("/medir ana 6 1m", "ids is missing")]
    [DataRow("/rolar ana", "it must start with /medir")]
    [DataRow("/dar bia uva", "fruta must be one of maçã, pera, not \"uva\"")]
    [DataRow("/jogar x", "dados must be an integer, not \"x\"")]
    [DataRow("/jogar 1 2", "tempo must be a duration such as 30s or 1h30m, not \"2\"")]
    [DataRow("/jogar 1 --x", "there is no option --x")]
    [DataRow("/jogar 1 --m", "--multa needs a value")]
    public void TheProblemNamesTheParameterAndTheRule(string line, string? problem) =>
        Assert.AreEqual(
            problem, ExampleCheck.Problem(
                Commands().First(c => line.StartsWith($"/{c.Name} ", StringComparison.Ordinal) || c.Name == "medir"), line));

    [TestMethod]
    public async Task AnInvalidExampleIsReportedAtItsAttribute()
    {
        const string Examples = "/// <summary>x</summary>\n[Command(\"um\"), Example(\"/um 3\"), Example(\"/um x\")]";
        var reported = await Analysis.RunAsync(
            Snippet.Commands(Examples + " public string Run(int x) => \"\";"), TestContext.CancellationToken);
        Assert.AreEqual("CHAT006 Example(\"/um x\")", string.Join(", ", reported));
    }

    [TestMethod]
    public void TheCheckAgreesWithTheDaemon()
    {
        using var plugin = LoadedPlugin.From(Source);
        var random = new Random(20);
        var (taken, refused) = (0, 0);
        foreach (var command in Commands().Where(c => c.Name != "medir"))
        {
            for (var i = 0; i < 4_000; i++)
            {
                var words = Enumerable.Range(0, random.Next(5)).Select(_ => Pieces[random.Next(Pieces.Length)]);
                if (random.Next(2) == 0) words = words.Prepend(command.Name == "jogar" ? "3" : "bia pera");
                var line = string.Join(
                    random.Next(9) == 0 ? "  " : " ", words.Prepend(random.Next(9) == 0 ? "/play now" : $"/{command.Name}"));
                var daemon = DescriptorRules.ProblemsOf(plugin[command.Name] with { Examples = [line] });
                var problem = ExampleCheck.Problem(command, line);
                Assert.AreEqual(daemon.Count == 0, problem is null, $"{line}\n{problem}\n{string.Join('\n', daemon)}");
                if (problem is null) taken++;
                else refused++;
            }
        }
        Assert.IsTrue(taken > 500 && refused > 500, $"{taken} taken, {refused} refused");
    }

    private static IEnumerable<DeclaredCommand> Commands() =>
        Snippet.Compile(Source).GetTypeByMetadataName("Commands")!.GetMembers().OfType<IMethodSymbol>()
            .Select(m => CommandReader.Read(m, new(), default)).OfType<DeclaredCommand>();
}
