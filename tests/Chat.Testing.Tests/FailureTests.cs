using Fixtures;

namespace Chat.Testing.Tests;

/// <summary>A test that fails says why.</summary>
[TestClass]
public sealed class FailureTests
{
    [TestMethod]
    public async Task AnAnswerThatIsAnotherOne()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var answer = await chat.User("ana").In("geral").Sends("/casas");
        var failure = Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldPost(text => text.Length > 90));
        Assert.AreEqual("""ana's /casas should have led to a message where text => text.Length > 90; it led to the reply: "São 3." with {"casas":3}""", failure.Message);
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldReply("São 4."));
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldReplyWith("""{"casas":4}"""));
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldBeRefused("forbidden"));
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldNotify("São 3."));
    }

    [TestMethod]
    public async Task SomethingSeenThatShouldNotBe()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var bia = chat.User("bia").In("geral");
        await chat.User("ana").In("geral").Sends("oi");
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(bia.ShouldSeeNothing);
        Assert.AreEqual("bia should have seen nothing. What has come instead:\n  a message of ana in geral: \"oi\"", failure.Message);
    }

    [TestMethod]
    public async Task ABugOfThePluginFailsTheTestAndShowsTheLog()
    {
        var chat = await ChatTest.With<VillageCommands>();
        (await chat.User("ana").In("geral").Sends("/quebrar")).ShouldBeRefused("command_failed");
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(async () => await chat.DisposeAsync());
        Assert.Contains("the plate fell", failure.Message);
    }

    [TestMethod]
    public async Task ABugIsToldWithTheFirstFailureAndNotAgain()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var answer = await chat.User("ana").In("geral").Sends("/quebrar");
        Assert.Contains("the plate fell", Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldReply("inteiro")).Message);
    }

    [TestMethod]
    public async Task ErrorsMayBeAllowed()
    {
        await using var chat = await ChatTest.With<VillageCommands>().AllowingErrors();
        (await chat.User("ana").In("geral").Sends("/quebrar")).ShouldBeRefused("command_failed");
        Assert.Contains("the plate fell", string.Join('\n', chat.Log));
    }

    [TestMethod]
    public async Task APluginThatIsNone()
    {
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(async () => await ChatTest.With<ChatTest>());
        Assert.Contains("Chat.Testing is faulted: It is no plugin", failure.Message);
    }

    [TestMethod]
    public async Task APathThatLeadsNowhere() =>
        Assert.StartsWith("There is no ", (await Assert.ThrowsExactlyAsync<ChatTestException>(async () => await ChatTest.WithPlugin("nowhere"))).Message);

    [TestMethod]
    public async Task ARefusalWithAnotherSentence()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var answer = await chat.User("ana").In("geral").Sends("buzina!");
        answer.ShouldBeRefused("rejected", "Sem buzina.").ShouldBeRefused("rejected", text => text.Length > 3);
        var failure = Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldBeRefused("rejected", "Com buzina."));
        Assert.AreEqual("ana's buzina! should have led to the refusal rejected: \"Com buzina.\"; it led to the refusal rejected: \"Sem buzina.\"", failure.Message);
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldBeRefused("forbidden", "Sem buzina."));
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldBeRefused("rejected", text => text.Length > 90));
    }

    [TestMethod]
    public async Task SettingsThatNobodyTakesUp()
    {
        await using var chat = await ChatTest.With<VillageCommands>().And<ClingerCommands>();
        Assert.Contains("There is no plugin town to configure; there are ", Assert.ThrowsExactly<ChatTestException>(() => chat.Configures("town", "{}")).Message);
        Assert.Contains("did not take up its settings", Assert.ThrowsExactly<ChatTestException>(() => chat.Configures("clinger", "{}")).Message);
    }

    [TestMethod]
    public async Task SettingsThatAreWrong()
    {
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(async () => await ChatTest.With<VillageCommands>().Configuring("village", """{ "houses": 1 }"""));
        Assert.Contains("Its settings in ", failure.Message);
        await using var chat = await ChatTest.With<VillageCommands>().AllowingErrors();
        chat.Configures("village", """{ "mostHouses": 0 }""");
        Assert.Contains("MostHouses must be more than 0. What held before goes on to hold.", string.Join('\n', chat.Log));
    }

    [TestMethod]
    public async Task ASettingOfTheDaemonThatIsNone() =>
        Assert.Contains("There is no setting Chat:Nada", (await Assert.ThrowsExactlyAsync<ChatTestException>(async () => await ChatTest.With<VillageCommands>().Set("Chat:Nada", "1"))).Message);

    [TestMethod]
    public async Task AReplacementOfNobody()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(() => chat.Replaces("town"));
        Assert.StartsWith("town was not replaced: no_such_plugin. There are ", failure.Message);
    }

    [TestMethod]
    public async Task SomebodyWhoIsNowhereOrIsTwo()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        Assert.Contains("is nowhere", (await Assert.ThrowsExactlyAsync<ChatTestException>(() => chat.User("ana").Sends("oi"))).Message);
        Assert.Contains("is a Guest", Assert.ThrowsExactly<ChatTestException>(() => chat.User("ana", Role.Admin)).Message);
        Assert.Contains("is connected already", Assert.ThrowsExactly<ChatTestException>(() => chat.User("ana").Speaking("en")).Message);
    }
}
