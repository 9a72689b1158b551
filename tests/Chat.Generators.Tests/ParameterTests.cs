using Microsoft.Extensions.DependencyInjection;
using System.Globalization;

namespace Chat.Generators.Tests;

/// <summary>The parameters of generated descriptors.</summary>
[TestClass]
public sealed class ParameterTests
{
    [TestMethod]
    [DataRow("string x", "Argument text True")]
    [DataRow("int x", "Argument integer True")]
    [DataRow("long x = 3", "Argument integer False Int64:3")]
    [DataRow("double x = 1.5", "Argument number False Double:1.5")]
    [DataRow("bool x = true", "Argument boolean False Boolean:True")]
    [DataRow("TimeSpan x = default", "Argument duration False TimeSpan:00:00:00")]
    [DataRow("[Default(\"1h30m\")] TimeSpan x", "Argument duration False TimeSpan:01:30:00")]
    [DataRow("TimeSpan? x", "Argument duration False")]
    [DataRow("int? x = null", "Argument integer False")]
    [DataRow("int? x = 7", "Argument integer False Int32:7")]
    [DataRow("User x", "Argument user True")]
    [DataRow("User? x = null", "Argument user False")]
    [DataRow("Room x", "Argument room True")]
    [DataRow("Role x = Role.Moderator", "Argument choice False Role:Moderator")]
    [DataRow("Role? x = null", "Argument choice False")]
    [DataRow("short x = -5", "Argument integer False Int16:-5")]
    [DataRow("decimal x = 1.5m", "Argument number False Decimal:1.5")]
    [DataRow("char x = '\\''", "Argument char False Char:'")]
    [DataRow("Guid x", "Argument guid True")]
    [DataRow("DateOnly x = default", "Argument dateonly False DateOnly:01/01/0001")]
    [DataRow("[Remainder] string x = \"\"", "Remainder text False String:")]
    [DataRow("[Option] string? dryRun", "Option text False", "dry-run")]
    [DataRow("[Option(\"n\")] int x", "Option integer True", "n")]
    [DataRow("[Flag] bool semAviso", "Flag boolean False Boolean:False", "sem-aviso")]
    [DataRow("string[] x", "Variadic text False")]
    [DataRow("params int[] x", "Variadic integer False")]
    [DataRow("IReadOnlyList<User> x", "Variadic user False")]
    [DataRow("[Length(1, 3)] IEnumerable<int> x", "Variadic integer True")]
    [DataRow("[Default(\"a\")] string[] x", "Variadic text False Object[]:System.Object[]")]
    [DataRow("string @class", "Argument text True", "class")]
    public void ADeclarationBecomesAKindAndAType(string declaration, string expected, string name = "x")
    {
        using var plugin = With(declaration);
        var p = plugin.Parameter;
        var value = p.Default is null ? "" : $" {p.Default.GetType().Name}:{Convert.ToString(p.Default, CultureInfo.InvariantCulture)}";
        Assert.AreEqual($"{name} {expected}", $"{p.Name} {p.Kind} {p.Type.Name} {p.Required}{value}");
    }

    [TestMethod]
    public void ConstraintsAreGenerated()
    {
        using var plugin = LoadedPlugin.From(Snippet.Commands("""
            /// <summary>x</summary>
            /// <param name="alvo">Quem.<para xml:lang="en">Who.</para></param>
            [Command("um")]
            public string One([Outranked, Alias("target", "en")] User alvo, [Range(1, 20)] int dados,
                [Range("1s", "7d"), Secret] TimeSpan tempo, [Length(2, 5), Choices("a", "b")] string texto) => "";
            """));
        var all = plugin["um"].Parameters;
        Assert.IsTrue(all[0].Outranked);
        Assert.AreEqual("Who.", all[0].Summary.In("en"));
        Assert.AreEqual(new LocalizedName("target", "en"), all[0].Aliases.Single());
        Assert.AreEqual((1d, 20d), (all[1].Min, all[1].Max));
        Assert.AreEqual((1d, 604_800d, true), (all[2].Min, all[2].Max, all[2].Secret));
        Assert.AreEqual((2, 5, "a b"), (all[3].MinLength, all[3].MaxLength, string.Join(' ', all[3].Choices.Select(c => c.Name))));
    }

    [TestMethod]
    public void EnumMembersBecomeChoicesWithTheirAliases()
    {
        using var plugin = LoadedPlugin.From("""
            internal enum Cor { Vermelho, [Alias("azul"), Alias("blue", "en")] Blue }
            internal sealed class Commands
            {
                /// <summary>x</summary>
                [Command("um")]
                public string One(Cor x = Cor.Blue) => x.ToString();
            }
            """);
        using var words = LoadedPlugin.From("""
            internal enum Voto { [Alias("yes", "en")] Sim, [Alias("nem", "pt-BR"), Alias("neither", "en")] Nada }
            internal sealed class Commands
            {
                /// <summary>x</summary>
                [Command("dois"), Example("/dois sim"), Example("/dois nada")]
                public string Two(Voto x) => x.ToString();
            }
            """);
        Assert.AreEqual(
            "yes:en sim:pt-BR nem:pt-BR neither:en nada:", string.Join(
                ' ', words.Parameter.Type.Choices.Select(c => $"{c.Name}:{c.Language}")));
        Assert.AreEqual("vermelho: azul: blue:en", string.Join(' ', plugin.Parameter.Type.Choices.Select(c => $"{c.Name}:{c.Language}")));
        Assert.AreEqual(plugin.Parameter.Default, plugin.Parameter.Type.Parse("BLUE"));
    }

    [TestMethod]
    public void ABannedEnumMemberIsNoChoice()
    {
        using var plugin = LoadedPlugin.From("""
            internal enum Cor { Azul, [Obsolete] Verde, [Obsolete("x", true)] Roxo, [Obsolete("x", true), Alias("gris")] Cinza }
            internal sealed class Commands
            {
                /// <summary>x</summary>
                [Command("um")]
                public string One(Cor x = Cor.Azul) => x.ToString();
            }
            """);
        Assert.AreEqual("azul verde", string.Join(' ', plugin.Parameter.Type.Choices.Select(c => c.Name)));
    }

    [TestMethod]
    public void AnIParsableTypeIsSupported()
    {
        using var plugin = LoadedPlugin.From("""
            namespace Games;
            public readonly record struct Dice(int Count) : IParsable<Dice>
            {
                public static Dice Parse(string s, IFormatProvider? provider) => new(int.Parse(s));
                public static bool TryParse(string? s, IFormatProvider? provider, out Dice result) =>
                    (result = new(int.TryParse(s, out var n) ? n : 0)).Count > 0;
            }
            internal sealed class One { /// <summary>x</summary>
                [Command("um")] public string Run(Dice x) => ""; }
            internal sealed class Two { /// <summary>x</summary>
                [Command("dois")] public string Run(Dice? x) => ""; }
            """);
        var type = plugin["um"].Parameters[0].Type;
        Assert.AreEqual("dice", type.Name);
        Assert.AreEqual("Dice { Count = 7 }", type.Parse("7").ToString());
        Assert.AreSame(type, plugin["dois"].Parameters[0].Type, "generated once");
    }

    [TestMethod]
    public async Task SuggestionsComeFromTheNamedClass()
    {
        using var plugin = LoadedPlugin.From("""
            internal sealed class Towns : ISuggestions {
                public ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed) => new([typed + "!"]); }
            internal static class Commands
            {
                /// <summary>x</summary>
                [Command("um")]
                public static string One([Suggest<Towns>] string x) => "";
            }
            """);
        await using var container = plugin.Services.BuildServiceProvider();
        Assert.AreEqual("Rio!", (await plugin.Parameter.Suggest!(LoadedPlugin.Caller, container, "Rio")).Single());
    }

    private static LoadedPlugin With(string parameter) =>
        LoadedPlugin.From(
            Snippet.Commands(
                $"/// <summary>x</summary>\n[Command(\"um\")] public string One(CommandContext context, {parameter}) => \"\";"));
}
