using Chat.Testing;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

[TestClass]
public sealed class CommandTests
{
    [TestMethod]
    public async Task EveryoneSeesTheRoll()
    {
        await using var chat = await ChatTest.With<Commands>();
        var bia = chat.User("bia").In("geral");

        (await chat.User("ana").In("geral").Sends("/rolar 20")).ShouldPost(text => text.StartsWith("🎲 d20 = "));
        await bia.ShouldSee(text => text.StartsWith("🎲 d20 = "));
    }

    [TestMethod]
    public async Task ADieNeedsTwoSides()
    {
        await using var chat = await ChatTest.With<Commands>();

        (await chat.User("ana").In("geral").Sends("/rolar 1")).ShouldBeRefused("bad_arguments");
    }

    [TestMethod]
    public async Task HelpIsInBothLanguages()
    {
        await using var chat = await ChatTest.With<Commands>();

        Assert.Contains("Rola um dado", await chat.User("ana").In("geral").ReadsHelp("rolar"));
        Assert.Contains("Rolls a die", await chat.User("carl").Speaking("en").In("geral").ReadsHelp("rolar"));
    }

    [TestMethod]
    public async Task TheCommandHasAnEnglishName()
    {
        await using var chat = await ChatTest.With<Commands>();

        (await chat.User("carl").Speaking("en").In("geral").Sends("/roll 20")).ShouldPost(text => text.StartsWith("🎲 d20 = "));
    }

    [TestMethod]
    public async Task ThePluginUnloadsCleanly()
    {
        await using var chat = await ChatTest.With<Commands>();
        await chat.User("ana").In("geral").Sends("/rolar");

        await chat.ShouldUnloadCleanly();
    }
}
