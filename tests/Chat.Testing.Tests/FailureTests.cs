using Fixtures;

namespace Chat.Testing.Tests;

/// <summary>A failing test says what went wrong.</summary>
[TestClass]
public sealed class FailureTests
{
    [TestMethod]
    public async Task AnUnexpectedAnswerIsShown()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var answer = await chat.User("ana").In("geral").Sends("/casas");
        var failure = Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldPost(text => text.Length > 90));
        Assert.AreEqual(
            """ana's /casas: expected a message where text => text.Length > 90, but got the reply: "São 3." with {"casas":3}""",
            failure.Message);
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldReply("São 4."));
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldReplyWith("""{"casas":4}"""));
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldBeRefused("forbidden"));
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldNotify("São 3."));
    }

    [TestMethod]
    public async Task AnUnexpectedMessageIsShown()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var bia = chat.User("bia").In("geral");
        await chat.User("ana").In("geral").Sends("oi");
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(bia.ShouldSeeNothing);
        Assert.AreEqual("bia should have seen nothing. Arrived instead:\n  a message from ana in geral: \"oi\"", failure.Message);
    }

    [TestMethod]
    public async Task AnUnexpectedChangeIsShown()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var (ana, bia) = (chat.User("ana").In("geral"), chat.User("bia").In("geral"));
        await ana.Sends("oi");
        await bia.ShouldSee("oi");
        var answer = await ana.Edits(1, "olá");
        var failure = Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldChange("Olá"));
        Assert.AreEqual(
            "ana's edit of 1 to \"olá\": expected a change to \"Olá\", but got an edit of 1 by ana: \"olá\"", failure.Message);
        Assert.ThrowsExactly<ChatTestException>(answer.ShouldChangeNothing);
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldPost("olá"));
        failure = await Assert.ThrowsExactlyAsync<ChatTestException>(bia.ShouldSeeNothing);
        Assert.AreEqual("bia should have seen nothing. Arrived instead:\n  an edit of 1 by ana: \"olá\"", failure.Message);
    }

    [TestMethod]
    public async Task AnErrorInThePluginFailsTheTestAndIsShown()
    {
        var chat = await ChatTest.With<VillageCommands>();
        (await chat.User("ana").In("geral").Sends("/quebrar")).ShouldBeRefused("command_failed");
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(async () => await chat.DisposeAsync());
        Assert.Contains("the plate fell", failure.Message);
    }

    [TestMethod]
    public async Task AnErrorIsReportedWithTheFirstFailureOnly()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var answer = await chat.User("ana").In("geral").Sends("/quebrar");
        Assert.Contains("the plate fell", Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldReply("inteiro")).Message);
    }

    [TestMethod]
    public async Task ErrorsCanBeAllowed()
    {
        await using var chat = await ChatTest.With<VillageCommands>().AllowingErrors();
        (await chat.User("ana").In("geral").Sends("/quebrar")).ShouldBeRefused("command_failed");
        Assert.Contains("the plate fell", string.Join('\n', chat.Log));
    }

    [TestMethod]
    public async Task AnAssemblyThatIsNoPluginFailsTheStart()
    {
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(async () => await ChatTest.With<ChatTest>());
        Assert.Contains("Chat.Testing is faulted: It is not a plugin", failure.Message);
    }

    [TestMethod]
    public async Task AMissingPathIsReported() =>
        Assert.Contains(
            "does not exist",
            (await Assert.ThrowsExactlyAsync<ChatTestException>(async () => await ChatTest.WithPlugin("nowhere"))).Message);

    [TestMethod]
    public async Task ARefusalWithAnotherTextIsShown()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var answer = await chat.User("ana").In("geral").Sends("buzina!");
        answer.ShouldBeRefused("rejected", "Sem buzina.").ShouldBeRefused("rejected", text => text.Length > 3);
        var failure = Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldBeRefused("rejected", "Com buzina."));
        Assert.AreEqual(
            "ana's buzina!: expected the refusal rejected: \"Com buzina.\", but got the refusal rejected: \"Sem buzina.\"",
            failure.Message);
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldBeRefused("forbidden", "Sem buzina."));
        Assert.ThrowsExactly<ChatTestException>(() => answer.ShouldBeRefused("rejected", text => text.Length > 90));
    }

    [TestMethod]
    public async Task SettingsThatNoPluginReadsAreReported()
    {
        await using var chat = await ChatTest.With<VillageCommands>().And<ClingerCommands>();
        Assert.Contains(
            "There is no plugin \"town\" to configure. Plugins: ", Assert.ThrowsExactly<ChatTestException>(
                () => chat.Configures("town", "{}")).Message);
        Assert.Contains(
            "did not read its settings", Assert.ThrowsExactly<ChatTestException>(() => chat.Configures("clinger", "{}")).Message);
    }

    [TestMethod]
    public async Task InvalidSettingsAreReported()
    {
        var setup = ChatTest.With<VillageCommands>().Configuring("village", """{ "houses": 1 }""");
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(setup.StartAsync);
        Assert.Contains("Its settings in ", failure.Message);
        await using var chat = await ChatTest.With<VillageCommands>().AllowingErrors();
        chat.Configures("village", """{ "mostHouses": 0 }""");
        Assert.Contains("MostHouses must be more than 0. The previous settings stay in effect.", string.Join('\n', chat.Log));
    }

    [TestMethod]
    public async Task AnUnknownDaemonSettingIsReported()
    {
        var setup = ChatTest.With<VillageCommands>().Set("Chat:Nada", "1");
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(setup.StartAsync);
        Assert.Contains("There is no setting Chat:Nada", failure.Message);
    }

    [TestMethod]
    public async Task ReplacingAnUnknownPluginIsReported()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(() => chat.Replaces("town"));
        Assert.StartsWith("Could not replace town: no_such_plugin. Plugins: ", failure.Message);
    }

    [TestMethod]
    public async Task MisuseOfAUserIsReported()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        Assert.Contains(
            "is in no conversation", (await Assert.ThrowsExactlyAsync<ChatTestException>(() => chat.User("ana").Sends("oi"))).Message);
        Assert.Contains("already has the role Guest", Assert.ThrowsExactly<ChatTestException>(() => chat.User("ana", Role.Admin)).Message);
        Assert.Contains("is already connected", Assert.ThrowsExactly<ChatTestException>(() => chat.User("ana").Speaking("en")).Message);
    }
}
