using Chat.Protocol;

namespace Chat.Daemon.Tests.Cluster;

/// <summary>Orders of an administrator to nodes: what the nodes are, one to stop, all to stop.</summary>
[TestClass]
public sealed class NodeOrderTests
{
    [TestMethod]
    public async Task TheNodesAreListedAndStoppedOneByOneAndTogether()
    {
        await using var nodes = await TestNodes.StartAsync("alfa", "beta", "gama");
        await using (var admin = await nodes[0].AdminAsync())
        {
            var listed = (await RunAsync<DaemonFrame.Reply>(admin, "/nodes")).Text.Split('\n');
            Assert.HasCount(3, listed);
            Assert.Contains("alfa — chatd ", listed[0]);
            Assert.Contains("serves: sessions ", listed[0]);
            Assert.Contains("rooms 1, plugins ", listed[0]);
            Assert.EndsWith("stands by", listed[1]);
            Assert.EndsWith("stands by", listed[2]);
            Assert.Contains("delta", (await RunAsync<DaemonFrame.Error>(admin, "/shutdown node delta")).Text);

            await RunAsync<DaemonFrame.Reply>(admin, "/shutdown node gama");
            Assert.AreEqual(0, await nodes[2].ExitAsync(), nodes[2].Errors);
            Assert.HasCount(2, (await RunAsync<DaemonFrame.Reply>(admin, "/nodes")).Text.Split('\n'));

            await RunAsync<DaemonFrame.Reply>(admin, "/shutdown node alfa");
            Assert.AreEqual(0, await nodes[0].ExitAsync(), nodes[0].Errors);
        }
        await nodes[1].ServesAsync();
        var delta = nodes.Add("delta");
        await delta.StandsByAsync();
        await using var again = await nodes[1].AdminAsync();
        await RunAsync<DaemonFrame.Reply>(again, "/shutdown");
        Assert.IsNull((await again.ExpectAsync<DaemonFrame.Bye>()).Elsewhere);
        Assert.AreEqual(0, await nodes[1].ExitAsync(), nodes[1].Errors);
        Assert.AreEqual(0, await delta.ExitAsync(), delta.Errors);
        Assert.IsFalse(delta.HasBegunToServe, "the whole cluster stops");
    }

    [TestMethod]
    public async Task ASecondNodeOfTheNameEndsAndTheFirstServesOn()
    {
        await using var nodes = await TestNodes.StartAsync("alfa");
        var second = nodes.Add("alfa");
        Assert.AreEqual(2, await second.ExitAsync(), second.Errors);
        Assert.StartsWith("A node called alfa is in the cluster already", second.Errors);
        await using var ana = await nodes[0].GuestAsync("ana");
        Assert.AreEqual(1, (await ana.SayAsync("geral", "ainda aqui")).Seq);
    }

    [TestMethod]
    [DataRow("two words")]
    [DataRow("nó")]
    [DataRow("a\tb")]
    [DataRow("a\u001b[31m")]
    [DataRow("a'; DROP TABLE cluster_nodes; --")]
    [DataRow("abcdefghijklmnopqrstuvwxyz-123456")]
    public async Task AStrangeNameIsRefused(string name)
    {
        await using var node = new TestNode("Host=127.0.0.1;Port=1", name);
        Assert.AreEqual(2, await node.ExitAsync(), node.Errors);
        Assert.Contains("Chat:Cluster:Node", node.Errors);
        Assert.DoesNotContain("\u001b", node.Errors);
    }

    [TestMethod]
    public async Task ANodeNeedsAServer()
    {
        await using var node = new TestNode("", "alfa");
        Assert.AreEqual(2, await node.ExitAsync(), node.Errors);
        Assert.Contains("Chat:Database is not", node.Errors);
    }

    private static Task<T> RunAsync<T>(Chat.TestKit.TestClient client, string line) where T : DaemonFrame =>
        client.AskAsync<T>(new ClientFrame.Message(line, "geral"));
}
