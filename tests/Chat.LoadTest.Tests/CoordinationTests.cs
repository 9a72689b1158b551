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
    private const string Secret = "a secret of the test", AnyPort = "127.0.0.1:0";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);
    private static readonly string[] Small = ["--users", "8", "--rooms", "2", "--warmup", "0", "--seconds", "2", "--rate", "5", "--json"];

    [TestMethod]
    public async Task WorkersJoinAndAreCounted()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var coordinator = new Started(
            ["coordinate", "--listen", AnyPort, "--joined", "2", "--connect", $"127.0.0.1:{daemon.Port}", .. Small], Secret);
        using var work = new Started(["work", "--join", await coordinator.AddressAsync(), "--workers", "2"], Secret);
        var (status, output, errors) = await coordinator.EndAsync();
        Assert.AreEqual((0, 0), (status, (await work.EndAsync()).Status), output + errors);
        var run = new LoadProcess(0, output, "");
        Assert.AreEqual((80L, 320L, 0L), (run.Count("sent"), run.Count("delivered"), run.Count("lost")), output);
        Assert.AreEqual(2, run.Report.GetProperty("workers").GetInt32());
        Assert.IsLessThan(1_000, run.Report.GetProperty("delivery").GetProperty("p50").GetDouble());
        Assert.IsGreaterThan(0, run.Report.GetProperty("clock_error").GetDouble(), "The clocks are compared.");
    }

    [TestMethod]
    public async Task WorkersEndWhenTheCoordinatorDies()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var coordinator = new Started(
            [
                "coordinate", "--listen", AnyPort, "--connect", $"127.0.0.1:{daemon.Port}",
                "--users", "4", "--rooms", "1", "--seconds", "300",
            ],
            Secret);
        using var work = new Started(["work", "--join", await coordinator.AddressAsync(), "--workers", "1"], Secret);
        await Sending.UntilAsync(daemon, 3);
        coordinator.Kill();
        var (status, _, errors) = await work.EndAsync();
        Assert.AreEqual(1, status, errors);
    }

    [TestMethod]
    public async Task AnotherSecretEndsTheWorkersAtOnce()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var coordinator = new Started(["coordinate", "--listen", AnyPort, "--connect", $"127.0.0.1:{daemon.Port}", .. Small], Secret);
        using var work = new Started(
            ["work", "--join", await coordinator.AddressAsync(), "--workers", "2"], "another secret of a test");
        Assert.AreEqual(3, (await work.EndAsync()).Status);
    }

    [TestMethod]
    public async Task AWorkerTriesAgainAfterABrokenHandshake()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var work = new Started(["work", "--single", "--join", $"{listener.LocalEndpoint}"], Secret);
        for (var i = 0; i < 3; i++) (await listener.AcceptSocketAsync().WaitAsync(Deadline)).Dispose();
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

    private static async Task<(NetworkStream Near, NetworkStream Far)> PairAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var far = new TcpClient();
        var accepting = listener.AcceptSocketAsync();
        await far.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        return (new NetworkStream(await accepting, ownsSocket: true), far.GetStream());
    }
    /// <summary>A process that does not outlive its test.</summary>
    private sealed class Started : IDisposable
    {
        private readonly Process process;

        public Started(string[] arguments, string secret)
        {
            var start = DaemonProgram.Self(arguments);
            (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
            start.Environment["CHAT_LOAD_SECRET"] = secret;
            process = Process.Start(start)!;
        }

        /// <summary>Where the coordinator listens, which is the first thing that it says.</summary>
        public async Task<string> AddressAsync()
        {
            var line = await process.StandardError.ReadLineAsync().WaitAsync(Deadline);
            return line!.Split(' ', ',').Single(word => word.StartsWith("127.0.0.1:", StringComparison.Ordinal));
        }

        public void Kill() => process.Kill();

        public async Task<(int Status, string Output, string Errors)> EndAsync()
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await Task.WhenAll(output, errors, process.WaitForExitAsync()).WaitAsync(Deadline);
            return (process.ExitCode, await output, await errors);
        }

        public void Dispose()
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
        }
    }
}
