using System.Diagnostics.CodeAnalysis;
using Fixtures;

namespace Chat.Testing.Tests;

/// <summary>Runs the examples of <c>docs/testing-a-plugin.md</c>, word for word.</summary>
[TestClass]
[SuppressMessage("Globalization", "CA1310:Specify StringComparison for correctness", Justification = "As in the guide.")]
public sealed class GuideTests
{
    [TestMethod]
    public async Task Beginning()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var bia = chat.User("bia").In("geral");

        (await chat.User("ana").In("geral").Sends("/gritar bom dia")).ShouldPost("BOM DIA");
        await bia.ShouldSee(text => text.StartsWith("BOM"));
        (await chat.User("ana").Sends("/enxotar bia")).ShouldBeRefused("forbidden");
    }

    [TestMethod]
    public async Task Setup()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory); // …/bin/Debug/net10.0
        var pathOfDice = Path.GetFullPath(
            Path.Combine(output.FullName, "../../../../../Plugins/Dice/bin", output.Parent!.Name, output.Name, "Dice.dll"));
        await using var chat = await ChatTest.With<VillageCommands>()
            .AndPlugin(pathOfDice)
            .Set("Chat:Language", "en")
            .StartingAt(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (await chat.User("ana").In("geral").Sends("/houses")).ShouldReply("There are 3.");
        (await chat.User("ana").Sends("/roll 2d6")).ShouldPost(text => text.StartsWith("🎲 2d6 = "));
    }

    [TestMethod]
    public async Task Changes()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var (ana, bia) = (chat.User("ana").In("geral"), chat.User("bia").In("geral"));

        var number = (await ana.Sends("bom dai")).ShouldPost("bom dai").Number;
        (await ana.Edits(number, "bom dia")).ShouldChange("bom dia");
        await bia.ShouldSeeEdit("bom dia");
        (await bia.Reacts(number, "👍")).ShouldChange();
        await ana.ShouldSeeReaction(number, "👍");
        (await bia.Deletes(number)).ShouldBeRefused("forbidden");
        (await ana.Edits(number, "psiu")).ShouldChangeNothing(); // a filter drops it
    }

    [TestMethod]
    public async Task Time()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var ana = chat.User("ana").In("geral");

        (await ana.Sends("/lembrar 5m do café")).ShouldReply("Combinado.");
        chat.Time.Advance(TimeSpan.FromMinutes(4));
        await ana.ShouldSeeNothing();
        chat.Time.Advance(TimeSpan.FromMinutes(1));
        await ana.ShouldSeeNotice("do café");
    }

    [TestMethod]
    public async Task Routes()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var (ana, bia) = (chat.Member("ana"), chat.User("bia"));

        (await chat.Web.Gets("/p/village/casas")).ShouldBeJson(200, """{ "casas": 3 }""");
        (await chat.Web.Posts("/p/village/cartas/bia", "oi")).ShouldBeRefused("not_logged_in");
        (await chat.Web.As(ana).Posts("/p/village/cartas/bia", "oi")).ShouldBe(204);
        await bia.ShouldSeeNotice("✉ ana: oi");
    }

    [TestMethod]
    public async Task Settings()
    {
        await using var chat = await ChatTest.With<VillageCommands>().Configuring("Village", """{ "mostHouses": 1 }""");
        var ana = chat.User("ana").In("geral");

        (await ana.Sends("/construir")).ShouldReply("Casa 1.");
        (await ana.Sends("/construir")).ShouldBeRefused("no_space", "Só cabem 1.");
        chat.Configures("Village", """{ "mostHouses": 9 }""");
        (await ana.Sends("/construir")).ShouldReply("Casa 3.");
    }

    [TestMethod]
    public async Task Replacing()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var ana = chat.User("ana").In("geral");

        (await ana.Sends("/construir")).ShouldReply("Casa 1.");
        await chat.Replaces("village");
        (await ana.Sends("/construir")).ShouldReply("Casa 2.");
        await chat.ShouldUnloadCleanly();
    }

    [TestMethod]
    public void EveryExampleOfTheGuideIsRunHere()
    {
        var code = Lines(Read("GuideTests.cs"));
        foreach (var block in Read("testing-a-plugin.md").Split("```csharp\n").Skip(1).Select(rest => rest.Split("\n```")[0]))
            Assert.Contains(Lines(block), code);
    }

    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(GuideTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
