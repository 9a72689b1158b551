using Fixtures;

namespace Chat.Testing.Tests;

/// <summary>A plugin's own tests detect that it can't be unloaded.</summary>
[TestClass]
public sealed class UnloadTests
{
    [TestMethod]
    public async Task AWellBehavedPluginIsCollected()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var ana = chat.User("ana").In("geral");
        await ana.Sends("/gritar bom dia");
        await ana.Sends("/lembrar 5h do café");
        await chat.ShouldUnloadCleanly();
        (await ana.Sends("/gritar alguém?")).ShouldBeRefused("no_such_command");
    }

    [TestMethod]
    public async Task ALeakIsDetectedAfterAReplacement()
    {
        await using var chat = await ChatTest.With<ClingerCommands>();
        (await chat.User("ana").In("geral").Sends("/agarrar")).ShouldReply("Preso.");
        await chat.Replaces("clinger");
        await Assert.ThrowsExactlyAsync<ChatTestException>(chat.ShouldUnloadCleanly);
    }

    [TestMethod]
    public async Task ALeakIsDetected()
    {
        await using var chat = await ChatTest.With<ClingerCommands>();
        (await chat.User("ana").In("geral").Sends("/agarrar")).ShouldReply("Preso.");
        var failure = await Assert.ThrowsExactlyAsync<ChatTestException>(chat.ShouldUnloadCleanly);
        Assert.StartsWith("clinger stopped, but stays in memory", failure.Message);
    }
}
