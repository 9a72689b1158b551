using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>Which rooms are proposed while somebody types.</summary>
[TestClass]
public sealed class RoomCompletionTests
{
    [TestMethod]
    [DataRow("/quem ")]
    [DataRow("/entrar ")]
    public async Task RoomsThatTheCallerMaySeeAreCompleted(string command)
    {
        await using var users = await TestUsers.StartAsync();
        var (mia, bia) = (await users.EnterAsync("mia", Role.Member), await users.EnterAsync("bia"));
        var (gil, max) = (await users.EnterAsync("gil"), await users.EnterAsync("max", Role.Moderator));
        await mia.ReplyAsync("/privada Planos");
        await mia.ReplyAsync("/convidar bia", "Planos");
        foreach (var room in (string[])["Plano-B", "PÁTIO", "praça"]) await gil.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join(room));

        foreach (var who in (TestClient[])[mia, bia, max])
            Assert.AreEqual("Plano-B Planos", await ProposedAsync(who, command + "plaNO"), who.Name);
        Assert.AreEqual("Plano-B", await ProposedAsync(gil, command + "pla"));
        Assert.AreEqual("#Plano-B", await ProposedAsync(gil, command + "#pla"));
        Assert.AreEqual("PÁTIO", await ProposedAsync(gil, command + "pá"));
        Assert.AreEqual("Plano-B praça PÁTIO", await ProposedAsync(gil, command + "p"));
        Assert.AreEqual("geral Plano-B praça PÁTIO", await ProposedAsync(gil, command));
        foreach (var nothing in (string[])["zzz", "-", "p%", "p_", "pл"])
            Assert.AreEqual("", await ProposedAsync(gil, command + nothing), nothing);
    }

    private static async Task<string> ProposedAsync(TestClient client, string line)
    {
        var completions = await client.AskAsync<DaemonFrame.Completions>(new ClientFrame.Complete(line, Room: "geral"));
        return string.Join(' ', completions.Entries.Select(e => e.Text));
    }
}
