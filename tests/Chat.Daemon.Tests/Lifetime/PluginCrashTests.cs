using Chat.Daemon.Tests.CommandLine;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Lifetime;

/// <summary>Plugin code that does what kills a process. The daemon survives where .NET lets it, else it names the plugin.</summary>
[TestClass]
public sealed class PluginCrashTests : IDisposable
{
    private const string Password = "uma senha boa";

    private readonly ScratchFolder drop = new();

    public void Dispose() => drop.Dispose();

    [TestMethod]
    [DataRow("/linha")]
    [DataRow("/vazio")]
    public async Task ExceptionThatNobodyCatchesIsLoggedAndSurvived(string line)
    {
        await using var daemon = await StartAsync();
        await using var ana = await EnterAsync(daemon, "ana");
        for (var i = 0; i < 3; i++) await ana.ReplyAsync(line);
        await ana.SayAsync("geral", "ainda aqui");
        daemon.Terminate();
        Assert.AreEqual(0, await daemon.ExitAsync());
        var report = Lines(daemon, "Uncaught plugin exception: crasher").Single(); // the other two within the minute are counted
        Assert.Contains(line[1..], report);
    }

    [TestMethod]
    public async Task ExitIsAFailureAndNamesThePlugin()
    {
        await using var daemon = await StartAsync();
        await using var ana = await EnterAsync(daemon, "ana");
        await ana.SendAsync(new ClientFrame.Message("/terminar", "geral"));
        Assert.AreEqual(1, await daemon.ExitAsync());
        // The greeting of her login may still be running.
        var report = Lines(daemon, "Plugins that are starting or running a call: ").Single();
        Assert.EndsWith("crasher", report);
    }

    [TestMethod]
    public async Task PluginThatKillsTheProcessTwiceAtItsStartIsQuarantined()
    {
        await using var daemon = await StartAsync();
        daemon.Terminate();
        await daemon.ExitAsync();
        var overflow = Path.Combine(daemon.Folder, "overflow");
        await File.WriteAllTextAsync(overflow, "");
        for (var i = 0; i < 2; i++) await Assert.ThrowsAsync<ExpectationException>(daemon.StartAgainAsync);

        await daemon.StartAgainAsync();
        await LoggedAsync(daemon, "Plugin crasher from", "is not loaded. Twice in a row, the daemon died");
        await using var admin = await EnterAsync(daemon, "admin", Password);
        Assert.Contains("Duas vezes seguidas, o servidor caiu", (await admin.ReplyAsync("/plugins")).Text);
        await admin.RefusalAsync("/plugins recarregar crasher");
        File.Delete(overflow);
        await admin.ReplyAsync("/plugins ativar crasher");
        await admin.ReplyAsync("/linha");
    }

    [TestMethod]
    public async Task PluginThatKillsTheProcessTwiceSoonAfterItsStartIsQuarantined()
    {
        await using var daemon = await StartAsync();
        for (var i = 0; i < 2; i++)
        {
            await using var ana = await EnterAsync(daemon, $"ana{i}");
            await ana.SendAsync(new ClientFrame.Message("/estourar", "geral"));
            Assert.AreNotEqual(0, await daemon.ExitAsync());
            await daemon.StartAgainAsync();
            if (i == 0) await LoggedAsync(daemon, "ended without a stop while plugin crasher was starting");
            else await LoggedAsync(daemon, "Plugin crasher from", "is not loaded");
        }
        await using var bia = await EnterAsync(daemon, "bia");
        Assert.AreEqual("no_such_command", (await bia.RefusalAsync("/estourar")).Code);

        await daemon.RestartAsync(); // a stop changes nothing
        await using var eva = await EnterAsync(daemon, "eva");
        Assert.AreEqual("no_such_command", (await eva.RefusalAsync("/estourar")).Code);
    }

    private async Task<ProcessDaemon> StartAsync()
    {
        TestUsers.Drop("Crasher", drop.Path);
        return await ProcessDaemon.StartAsync("--plugins", drop.Path, $"--Chat:Admin:Password={Password}");
    }

    private static async Task<TestClient> EnterAsync(ProcessDaemon daemon, string name, string? password = null)
    {
        var client = await TestClient.ConnectAsync(daemon.Port, name);
        await client.LoginAsync(new ClientFrame.Login(name, password, Rooms: ["geral"]));
        return client;
    }

    /// <summary>Standard error may come later than what the daemon does.</summary>
    private static Task LoggedAsync(ProcessDaemon daemon, params string[] parts) =>
        Wait.UntilAsync(() => Lines(daemon, parts).Count == 1, () => Task.Delay(20));

    private static IReadOnlyList<string> Lines(ProcessDaemon daemon, params string[] parts) =>
        [.. daemon.Errors.Split('\n').Where(line => parts.All(part => line.Contains(part, StringComparison.Ordinal)))];
}
