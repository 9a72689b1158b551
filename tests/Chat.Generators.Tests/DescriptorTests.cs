namespace Chat.Generators.Tests;

/// <summary>The names, texts and policy of generated descriptors.</summary>
[TestClass]
public sealed class DescriptorTests
{
    [TestMethod]
    public void APolicyIsGenerated()
    {
        using var plugin = LoadedPlugin.From("""
            [Permission("room.kick", DefaultRole = Role.Moderator), Audit]
            internal sealed class Commands
            {
                /// <summary>x</summary>
                [Command("um"), OnlyIn(Where.Room), RateLimit(5, perSeconds: 60), Deadline(1500), Confirm, Hidden]
                public string One() => "";

                /// <summary>x</summary>
                [Command("dois"), Permission("other")]
                public string Two() => "";
            }
            """);
        Assert.AreEqual(
            new CommandPolicy
            {
                Permission = "room.kick",
                DefaultRole = Role.Moderator,
                Where = Where.Room,
                Rate = new(5, TimeSpan.FromMinutes(1)),
                Deadline = TimeSpan.FromSeconds(1.5),
                Confirm = true,
                Audit = true,
                Hidden = true,
            },
            plugin["um"].Policy);
        Assert.AreEqual(new CommandPolicy { Permission = "other", Audit = true }, plugin["dois"].Policy);
    }

    [TestMethod]
    public void GroupNamesCombineWithCommandNames()
    {
        using var plugin = LoadedPlugin.From("""
            [CommandGroup("encerrar"), Alias("shutdown", "en"), Alias("fim")]
            internal sealed class Commands
            {
                /// <summary>x</summary>
                [Command]
                public string Now() => "";

                /// <summary>x</summary>
                [Command("cancelar"), Alias("cancel", "en")]
                public string Cancel() => "";

                /// <summary>x</summary>
                [Command("status")]
                public string Status() => "";
            }
            """);
        Assert.AreEqual("shutdown:en fim:", Aliases(plugin["encerrar"]));
        Assert.AreEqual("shutdown cancel:en fim cancelar:", Aliases(plugin["encerrar cancelar"]));
        Assert.AreEqual("shutdown status:en fim status:", Aliases(plugin["encerrar status"]));
    }

    [TestMethod]
    [DataRow("/// <summary>Rola.</summary>", "=Rola.")]
    [DataRow("/// <summary>\n/// Rola\n///   dados.<para xml:lang=\"en\">Rolls\n/// dice.</para></summary>", "=Rola dados.|en=Rolls dice.")]
    [DataRow("/// <summary><para xml:lang=\"pt-BR\">Rola.</para> <para xml:lang=\"en\">Rolls.</para></summary>", "pt-BR=Rola.|en=Rolls.")]
    [DataRow(
        "/// <summary>Use <c>2d6</c>, <see cref=\"System.String\"/>, <see langword=\"null\"/> &amp; \"tudo\".</summary>",
        "=Use 2d6, String, null & \"tudo\".")]
    [DataRow("/** <summary>\n * Rola *muito*.\n * </summary> */", "=Rola *muito*.")]
    [DataRow("/// <summary>Um.<para>Dois.</para></summary>", "=Um. Dois.")]
    public void TheSummaryIsTheDocComment(string comment, string texts)
    {
        var source = Snippet.Commands(comment + "\n[Command(\"rolar\")] public string Roll() => \"\";");
        using var plugin = LoadedPlugin.From(source);
        Assert.AreEqual(texts, string.Join('|', plugin["rolar"].Summary.Select(t => $"{t.Key}={t.Value}")));
        Assert.AreEqual(
            Snippet.Generate(source).Sources["Commands_Commands.g.cs"], Snippet.Generate(
                source, parse: Snippet.Parse.WithDocumentationMode(
                    Microsoft.CodeAnalysis.DocumentationMode.None)).Sources["Commands_Commands.g.cs"],
            "also where the compiler reads no doc comments");
    }

    [TestMethod]
    public void HooksAreFoundByTheirInterfaces()
    {
        using var plugin = LoadedPlugin.From("""
            internal abstract class AnyFilter : IMessageFilter {
                public ValueTask<FilterVerdict> FilterAsync(Draft draft, CancellationToken cancellation) => new(FilterVerdict.Allow); }
            [Filter(Order = -3, FailClosed = true)] internal sealed class Strict : AnyFilter;
            internal sealed class Plain : AnyFilter;
            internal sealed class Greeter : IEventHandler<UserJoined>, IEventHandler<UserLeft>
            {
                public ValueTask HandleAsync(UserJoined joined, CancellationToken cancellation) => default;
                public ValueTask HandleAsync(UserLeft left, CancellationToken cancellation) => default;
            }
            """);
        Assert.AreSequenceEqual(
            ["handler Greeter UserJoined", "handler Greeter UserLeft", "filter Plain", "filter Strict -3 250 True"], plugin.Hooks);
    }

    [TestMethod]
    public void TheAuthorsEntryRunsFirst()
    {
        using var plugin = LoadedPlugin.From("""
            using Microsoft.Extensions.DependencyInjection;
            internal sealed class Own : IChatPlugin { void IChatPlugin.Configure(IPluginBuilder plugin) =>
                plugin.Services.AddSingleton<Commands>(); }
            internal sealed class Commands
            {
                /// <summary>x</summary>
                [Command("um")]
                public string One() => "";
            }
            """);
        Assert.AreEqual("Singleton", string.Join(' ', plugin.Services.Select(s => s.Lifetime)), "the author's registration is kept");
        Assert.AreSequenceEqual(["um"], plugin.Names);
    }

    [TestMethod]
    public void APluginWithoutAttributesGetsNoGeneratedCode()
    {
        Assert.IsEmpty(
            Snippet.Generate("public sealed class Own : IChatPlugin { public void Configure(IPluginBuilder plugin) { } }").Sources);
        Assert.IsEmpty(Snippet.Generate("internal static class Nothing;").Sources);
    }

    [TestMethod]
    [DataRow("Fixture", "", "fixture 1")]
    [DataRow("Jogos de Mesa+", "", "jogos-de-mesa- 1")]
    [DataRow("_x", "", "x 1")]
    [DataRow("Fixture", "[assembly: ChatPlugin(Id = \"own\")]", "own 1")]
    public void TheAssemblyIsMarkedAsAPlugin(string assembly, string attribute, string expected)
    {
        using var plugin = LoadedPlugin.From(
            $"{attribute}\n{Snippet.Commands("/// <summary>x</summary>\n[Command(\"um\")] public string One() => \"\";")}", assembly);
        var marks = plugin.Assembly.GetCustomAttributes(typeof(ChatPluginAttribute), false).Cast<ChatPluginAttribute>();
        Assert.AreEqual(expected, string.Join(", ", marks.Select(m => $"{m.Id} {m.ContractLevel}")));
    }

    private static string Aliases(CommandDescriptor command) => string.Join(' ', command.Aliases.Select(a => $"{a.Name}:{a.Language}"));
}
