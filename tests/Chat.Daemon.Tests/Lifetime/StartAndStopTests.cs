using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Lifetime;

/// <summary>Starts and stops the built daemon as a process of its own.</summary>
[TestClass]
public sealed class StartAndStopTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [TestMethod]
    [DataRow(15, DisplayName = "SIGTERM")]
    [DataRow(2, DisplayName = "SIGINT")]
    public async Task ASignalStopsABusyDaemonWithinTenSecondsAndKeepsEchoedMessages(int signal)
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Limits:MessagesPerSecond=0");
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        var token = (await ana.LoginAsync("ana", "geral")).Token;
        await using var silent = await TestClient.ConnectAsync(daemon.Port, "silent");
        var sent = 0;
        var writing = Task.Run(async () =>
        {
            try
            {
                while (!ana.Closed.IsCompleted)
                    await ana.SendAsync(new ClientFrame.Message("a", "geral") { Id = $"{++sent}" });
            }
            catch (IOException)
            {
                // The daemon closed the connection while a frame was being sent.
            }
        });
        await ana.ExpectAsync<DaemonFrame.Message>(m => m.Seq >= 300);

        var clock = Stopwatch.StartNew();
        daemon.Signal(signal);
        Assert.AreEqual(ByeReason.Shutdown, (await silent.ExpectAsync<DaemonFrame.Bye>()).Reason);
        Assert.AreEqual(0, await daemon.ExitAsync(), daemon.Errors);
        Assert.IsLessThan(TimeSpan.FromSeconds(10), clock.Elapsed);
        await writing.WaitAsync(Deadline);
        await ana.ExpectClosedAsync();

        var frames = ana.Waiting.Select(w => w.Frame).ToList();
        Assert.IsInstanceOfType<DaemonFrame.Bye>(frames[^1]);
        var echoed = frames.OfType<DaemonFrame.Message>().Last();
        await daemon.StartAgainAsync();
        await using var again = await TestClient.ConnectAsync(daemon.Port, "ana");
        await again.LoginAsync(new ClientFrame.Login(Token: token, Rooms: []));
        Assert.AreEqual(echoed.Seq, (await again.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"))).Seq);
    }

    [TestMethod]
    public async Task ADaemonRunsOnAfterItsStandardInputEnds()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        daemon.CloseInput();
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.LoginAsync("ana", "geral");
        Assert.AreEqual(1, (await ana.SayAsync("geral", "ainda aqui")).Seq);
    }

    [TestMethod]
    public async Task ASecondDaemonOnTheSameFolderFailsToStart()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await AssertFailsAsync(3, new DirectoryInfo(daemon.Folder));
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.LoginAsync("ana");
    }

    [TestMethod]
    public async Task ADaemonOnAnAddressInUseFailsToStart()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var folder = Directory.CreateTempSubdirectory("chat-test-");
        await AssertFailsAsync(3, folder, $"--Chat:Listen:Http=127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task ADaemonWhoseDataFolderCannotBeWrittenFailsToStart()
    {
        var folder = Directory.CreateTempSubdirectory("chat-test-");
        var data = Path.Combine(folder.FullName, "data");
        await File.WriteAllTextAsync(data, "a file, not a folder");
        await AssertFailsAsync(4, folder);
        File.Delete(data);

        Directory.CreateDirectory(Path.Combine(data, "chat.db")); // a folder where the file should be
        await AssertFailsAsync(4, folder);
        folder.Delete(recursive: true);
    }

    private static async Task AssertFailsAsync(int status, DirectoryInfo folder, params string[] arguments)
    {
        await using var process = new RunningProcess(BuiltDaemon.Launch(folder, arguments));
        Assert.AreEqual(status, await process.ExitAsync(Deadline), process.Story);
        Assert.EndsWith(".", process.Errors.TrimEnd(), process.Story);
        Assert.DoesNotContain("   at ", process.Errors);
        Assert.DoesNotContain("listening on", process.Output);
    }
}
