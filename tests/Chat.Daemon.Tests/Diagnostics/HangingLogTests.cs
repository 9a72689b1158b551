using System.Diagnostics;
using Chat.Daemon.Tests.CommandLine;
using Chat.Daemon.Tests.Commands;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Diagnostics;

/// <summary>A disk that takes no more of the log, here a pipe that nobody reads, holds up neither users nor the stop.</summary>
[TestClass]
public sealed class HangingLogTests
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    [TestMethod]
    public async Task HoldsUpNeitherUsersNorTheStop()
    {
        using var drop = new ScratchFolder();
        TestUsers.Drop("Babbler", drop.Path);
        FileStream? disk = null;
        await using var daemon = await ProcessDaemon.StartAsync(folder =>
        {
            disk = HangingLog(folder.FullName);
            return BuiltDaemon.Launch(folder, ["--plugins", drop.Path]);
        });
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.LoginAsync("ana", "geral");
        Assert.AreEqual("ufa", (await ana.ReplyAsync("/tagarelar")).Text);
        await using var bia = await TestClient.ConnectAsync(daemon.Port, "bia");
        await bia.LoginAsync("bia", "geral");
        await bia.SayAsync("geral", "oi");
        await Wait.UntilAsync(() => daemon.Errors.Contains("Log lines lost", StringComparison.Ordinal), () => Task.Delay(50));
        var watch = Stopwatch.StartNew();
        daemon.Terminate();
        Assert.AreEqual(0, await daemon.ExitAsync());
        Assert.IsLessThan(StopLimit, watch.Elapsed);
        await disk!.DisposeAsync();
    }

    /// <summary>With a queue that is soon full.</summary>
    private static FileStream HangingLog(string folder)
    {
        var config = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "nlog.config"));
        Assert.Contains("queueLimit=\"10000\"", config);
        config = config.Replace("queueLimit=\"10000\"", "queueLimit=\"100\"", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "nlog.config"), config);
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
        var log = Path.Combine(folder, "logs", "server.log");
        using (var make = Process.Start("mkfifo", [log])) Assert.IsTrue(make.WaitForExit(Wait.Limit) && make.ExitCode == 0);
        return new FileStream(log, FileMode.Open, FileAccess.ReadWrite); // without a reader, opening it would hang as well
    }
}
