using System.Diagnostics;

namespace Chat.Daemon.Tests.Cluster;

/// <summary>One node that serves, and others that stand by, on one database.</summary>
internal sealed class TestNodes : IAsyncDisposable
{
    private readonly List<TestNode> all = [];
    private readonly string database;
    private readonly IReadOnlyList<string> more;

    private TestNodes(string database, IReadOnlyList<string> more) => (this.database, this.more) = (database, more);

    public TestNode this[int index] => all[index];

    /// <summary>The first serves. Skips the test where PostgreSQL is not installed.</summary>
    public static async Task<TestNodes> StartAsync(params string[] names) =>
        await StartOnAsync(await TestServer.NewSchemaAsync(), names);

    /// <param name="more">Settings of all nodes.</param>
    /// <param name="names">As above.</param>
    public static async Task<TestNodes> StartAsync(IReadOnlyList<string> more, params string[] names) =>
        await StartOnAsync(await TestServer.NewSchemaAsync(), more, names);

    public static Task<TestNodes> StartOnAsync(string database, params string[] names) => StartOnAsync(database, [], names);

    private static async Task<TestNodes> StartOnAsync(string database, IReadOnlyList<string> more, string[] names)
    {
        var nodes = new TestNodes(database, more);
        try
        {
            await nodes.Add(names[0]).ServesAsync();
            foreach (var name in names[1..]) nodes.Add(name);
            foreach (var node in nodes.all[1..]) await node.StandsByAsync();
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <param name="own">Settings of this node alone.</param>
    public TestNode Add(string name, int port = 0, IReadOnlyList<string>? own = null)
    {
        all.Add(new TestNode(database, name, port, [.. more, .. own ?? []]));
        return all[^1];
    }

    /// <summary>The one of them that serves first, and how long it took.</summary>
    public static async Task<(TestNode Node, TimeSpan Time)> FirstToServeAsync(params TestNode[] nodes)
    {
        var clock = Stopwatch.StartNew();
        var serving = nodes.ToDictionary(node => node.ServesAsync());
        return (serving[await Task.WhenAny(serving.Keys)], clock.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in all) await node.DisposeAsync();
    }
}
