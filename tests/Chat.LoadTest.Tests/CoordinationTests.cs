using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Daemons;
using Chat.TestKit;

namespace Chat.LoadTest.Tests;

/// <summary>Workers that join over the network.</summary>
[TestClass]
public sealed class CoordinationTests
{
    private const string Secret = "a secret of the test";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);
    private static readonly string[] Small = ["--users", "8", "--rooms", "2", "--warmup", "0", "--seconds", "2", "--rate", "5", "--json"];

    [TestMethod]
    public async Task WorkersJoinAndAreCounted()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var port = FreePort();
        using var work = Start(["work", "--join", $"127.0.0.1:{port}", "--workers", "2"], Secret);
        using var coordinator = Start(
            ["coordinate", "--listen", $"127.0.0.1:{port}", "--joined", "2", "--connect", $"127.0.0.1:{daemon.Port}", .. Small], Secret);
        var output = await coordinator.StandardOutput.ReadToEndAsync().WaitAsync(Deadline);
        await Task.WhenAll(coordinator.WaitForExitAsync(), work.WaitForExitAsync()).WaitAsync(Deadline);
        Assert.AreEqual((0, 0), (coordinator.ExitCode, work.ExitCode), output);
        var run = new LoadProcess(0, output, "");
        Assert.AreEqual((80L, 320L, 0L), (run.Count("sent"), run.Count("delivered"), run.Count("lost")), output);
        Assert.AreEqual(2, run.Report.GetProperty("workers").GetInt32());
        Assert.IsLessThan(1_000, run.Report.GetProperty("delivery").GetProperty("p50").GetDouble(), "The clocks are compared.");
    }

    [TestMethod]
    public async Task WorkersEndWhenTheCoordinatorDies()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var port = FreePort();
        using var work = Start(["work", "--join", $"127.0.0.1:{port}", "--workers", "1"], Secret);
        using var coordinator = Start(
            [
                "coordinate", "--listen", $"127.0.0.1:{port}", "--connect", $"127.0.0.1:{daemon.Port}",
                "--users", "4", "--rooms", "1", "--seconds", "300",
            ],
            Secret);
        await Sending.UntilAsync(daemon, 3);
        coordinator.Kill();
        await work.WaitForExitAsync().WaitAsync(Deadline);
        Assert.AreNotEqual(0, work.ExitCode);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task AKilledWorkerIsReportedWithWhatItHadTold()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await LoadProcess.RunAsync(
            async process =>
            {
                await Sending.UntilAsync(daemon, 3);
                var workers = Directory.EnumerateDirectories($"/proc/{process}/task")
                    .Select(thread => File.ReadAllText(Path.Combine(thread, "children")))
                    .SelectMany(children => children.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                Process.GetProcessById(int.Parse(workers.First(), provider: null)).Kill();
            },
            ["--connect", $"127.0.0.1:{daemon.Port}", "--workers", "2", "--users", "8", "--rooms", "2", "--warmup", "0",
             "--seconds", "5", "--rate", "5", "--json"]);
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        Assert.AreEqual(137, run.Report.GetProperty("workers_died").EnumerateArray().Single().GetInt32(), run.Output);
        Assert.AreEqual(0, run.Count("lost"), "What the dead worker's users did not count is not lost.");
        Assert.IsGreaterThan(50, run.Report.GetProperty("delivery").GetProperty("count").GetInt64(), run.Output);
    }

    [TestMethod]
    [DataRow(Secret, true)]
    [DataRow("another secret of a test", false)]
    public async Task OnlyTheSecretLetsAWorkerIn(string secret, bool isIn)
    {
        var (near, far) = await PairAsync();
        await using (near)
        await using (far)
        {
            byte[] certificate = [1, 2, 3];
            using var deadline = new CancellationTokenSource(Deadline);
            var joining = JoinHandshake.JoinAsync(far, secret, certificate, deadline.Token);
            Assert.AreEqual(isIn, await JoinHandshake.AcceptAsync(near, Secret, certificate, deadline.Token));
            if (!isIn) await near.DisposeAsync();
            if (isIn) Assert.IsTrue(await joining);
            else await Assert.ThrowsExactlyAsync<IOException>(() => joining);
        }
    }

    [TestMethod]
    public async Task NobodyInBetweenIsLetIn()
    {
        var (near, far) = await PairAsync();
        await using (near)
        await using (far)
        {
            using var deadline = new CancellationTokenSource(Deadline);
            // Someone who relays the lines shows a certificate of their own.
            var joining = JoinHandshake.JoinAsync(far, Secret, [9, 9, 9], deadline.Token);
            Assert.IsFalse(await JoinHandshake.AcceptAsync(near, Secret, [1, 2, 3], deadline.Token));
            await near.DisposeAsync();
            await Assert.ThrowsExactlyAsync<IOException>(() => joining);
        }
    }

    [TestMethod]
    [DataRow("\n")]
    [DataRow("a b\n")]
    [DataRow("a b c\n")]
    public async Task OtherLinesAreRefused(string line)
    {
        var (near, far) = await PairAsync();
        await using (near)
        await using (far)
        {
            await far.WriteAsync(Encoding.UTF8.GetBytes(line));
            using var deadline = new CancellationTokenSource(Deadline);
            Assert.IsFalse(await JoinHandshake.AcceptAsync(near, Secret, [1], deadline.Token));
        }
    }

    [TestMethod]
    public async Task AnEndlessLineIsRefused()
    {
        var (near, far) = await PairAsync();
        await using (near)
        await using (far)
        {
            await far.WriteAsync(new byte[1_000]);
            using var deadline = new CancellationTokenSource(Deadline);
            await Assert.ThrowsExactlyAsync<IOException>(() => JoinHandshake.AcceptAsync(near, Secret, [1], deadline.Token));
        }
    }

    [TestMethod]
    public async Task AMachineWithoutPowerIsNoticed()
    {
        var (near, far) = await PairAsync();
        await using (near)
        await using (far)
        {
            DeadLink.Notice(near.Socket);
            Assert.AreNotEqual(0, near.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
            Assert.AreEqual(10, near.Socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
            Assert.AreEqual(5, near.Socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
            if (!OperatingSystem.IsLinux()) return;
            var patience = new byte[4];
            near.Socket.GetRawSocketOption(6, 18, patience);
            Assert.AreEqual(30_000, BitConverter.ToInt32(patience), "For data on its way, TCP_USER_TIMEOUT.");
        }
    }

    [TestMethod]
    [DataRow("work", "--join", "127.0.0.1:1")]
    [DataRow("coordinate", "--listen", "0.0.0.0:5070")]
    [DataRow("coordinate", "--listen", "nowhere")]
    [DataRow("coordinate", "--listen", "127.0.0.1:0", "--find-capacity", "--fail-if", "lost>0")]
    public async Task WrongUsageExitsWith2(params string[] arguments) =>
        Assert.AreEqual(2, (await LoadProcess.RunAsync(arguments)).Status);

    private static Process Start(string[] arguments, string secret)
    {
        var start = DaemonProgram.Self(arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, false);
        start.Environment["CHAT_LOAD_SECRET"] = secret;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<(NetworkStream Near, NetworkStream Far)> PairAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var far = new TcpClient();
        var accepting = listener.AcceptSocketAsync();
        await far.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        return (new NetworkStream(await accepting, ownsSocket: true), far.GetStream());
    }
}
