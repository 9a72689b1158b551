using System.Globalization;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Cluster;

/// <summary>Whatever happens to the node that serves: another takes over, and nothing that was echoed is lost, doubled or moved.</summary>
[TestClass]
public sealed class TakeOverTests
{
    private const int SigKill = 9, SigTerm = 15, SigContinue = 18, SigStop = 19;

    /// <summary>What a busy machine may add to the seconds that docs/cluster.md names.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(15);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task AnotherNodeServesAfterAKill()
    {
        await using var nodes = await TestNodes.StartAsync("alfa", "beta", "gama");
        await using var writer = await Writer.StartAsync(nodes[0]);
        nodes[0].Signal(SigKill);
        var (next, time) = await TestNodes.FirstToServeAsync(nodes[1], nodes[2]);
        Tell("SIGKILL", time);
        Assert.IsLessThan(Slow, time);
        await writer.ResumeAsync(next);

        var last = next == nodes[1] ? nodes[2] : nodes[1];
        Assert.IsFalse(last.HasBegunToServe, "two nodes serve");
        next.Signal(SigKill);
        await last.ServesAsync();
        await writer.ResumeAsync(last);
    }

    [TestMethod]
    public async Task AHungNodeIsReplacedAndEndsWhenItWakesUp()
    {
        await using var nodes = await TestNodes.StartAsync("alfa", "beta");
        await using var writer = await Writer.StartAsync(nodes[0]);
        nodes[0].Signal(SigStop);
        var woken = Task.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(12));
            nodes[0].Signal(SigContinue);
        });
        var (_, time) = await TestNodes.FirstToServeAsync(nodes[1]);
        Tell("SIGSTOP", time);
        Assert.IsLessThan(Slow, time);
        await writer.ResumeAsync(nodes[1]);
        await woken;

        Assert.AreEqual(5, await nodes[0].ExitAsync(), nodes[0].Errors);
        Assert.Contains("The node alfa has lost its place in the cluster", nodes[0].Errors);
        await writer.ResumeAsync(nodes[1]);
    }

    [TestMethod]
    public async Task OneNodeServesAfterAKillOfTheServer()
    {
        TestServer.SkipUnlessInstalled();
        await using var server = await PostgresServer.StartAsync();
        await using var nodes = await TestNodes.StartOnAsync(await server.NewSchemaAsync(), "alfa", "beta", "gama");
        await using var writer = await Writer.StartAsync(nodes[0]);
        await server.KillAsync();
        await server.StartAgainAsync();

        var next = await ServingAsync(nodes, 0, 1, 2);
        await writer.ResumeAsync(next);
    }

    [TestMethod]
    public async Task ANodeThatIsCutOffSaysGoodbyeWithinTenSeconds()
    {
        TestServer.SkipUnlessInstalled();
        await using var server = await PostgresServer.StartAsync();
        await using var nodes = await TestNodes.StartOnAsync(await server.NewSchemaAsync(), "alfa");
        await using var client = await TestClient.ConnectAsync(nodes[0].Port, "ana", Slow);
        await client.LoginAsync("ana", "geral");
        await server.KillAsync();

        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.AreEqual(ByeReason.Unavailable, (await client.ExpectAsync<DaemonFrame.Bye>()).Reason);
        TestContext.WriteLine($"cut off: clients are told after {clock.Elapsed.TotalSeconds:0.0} s");
        await server.StartAgainAsync();
        Assert.AreEqual(nodes[0], await ServingAsync(nodes, 0));
    }

    [TestMethod]
    public async Task APlannedStopHandsOverAndTellsClientsWhereToGo()
    {
        var port = PortTaker.Free();
        await using var nodes = await TestNodes.StartAsync("alfa");
        var beta = nodes.Add("beta", port);
        await beta.StandsByAsync();
        await using var writer = await Writer.StartAsync(nodes[0]);
        await using var silent = await nodes[0].GuestAsync("bia");
        await Task.Delay(TimeSpan.FromSeconds(2)); // the node has looked who else lives

        nodes[0].Signal(SigTerm);
        var (_, time) = await TestNodes.FirstToServeAsync(beta);
        Tell("SIGTERM", time);
        var bye = await silent.ExpectAsync<DaemonFrame.Bye>();
        Assert.AreEqual(ByeReason.Shutdown, bye.Reason);
        CollectionAssert.AreEqual(new[] { $"tcp://127.0.0.1:{port}" }, bye.Elsewhere?.ToArray());
        await writer.ResumeAsync(beta);
        Assert.AreEqual(0, await nodes[0].ExitAsync(), nodes[0].Errors);
    }

    [TestMethod]
    public async Task AKilledNodeStartsAgainUnderItsName()
    {
        await using var nodes = await TestNodes.StartAsync("alfa", "beta");
        await using var writer = await Writer.StartAsync(nodes[0]);
        nodes[0].Signal(SigKill);
        var again = nodes.Add("alfa");
        await nodes[1].ServesAsync();
        await again.StandsByAsync();
        nodes[1].Signal(SigKill);
        await again.ServesAsync();
        await writer.ResumeAsync(again);
    }

    /// <returns>The one that answers a login, which is the only one.</returns>
    private static async Task<TestNode> ServingAsync(TestNodes nodes, params int[] indexes)
    {
        var found = new List<TestNode>();
        await Wait.UntilAsync(
            async () =>
            {
                found.Clear();
                foreach (var node in indexes.Select(index => nodes[index]).Where(node => node.HasBegunToServe))
                    if (await AnswersAsync(node)) found.Add(node);
                return found.Count > 0;
            },
            () => Task.Delay(100));
        return found.Single();
    }

    private static async Task<bool> AnswersAsync(TestNode node)
    {
        try
        {
            await node.ServesAsync();
            await using var client = await node.ConnectAsync("caio");
            await client.LoginAsync($"caio{Random.Shared.Next(1_000_000).ToString(CultureInfo.InvariantCulture)}", "geral");
            await client.SayAsync("geral", "eco");
            return true;
        }
        catch (Exception e) when (e is ExpectationException or IOException or System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private void Tell(string what, TimeSpan time) =>
        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: another node serves after {time.TotalSeconds:0.00} s"));
}
