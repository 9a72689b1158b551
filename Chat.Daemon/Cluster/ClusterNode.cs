using System.Reflection;
using System.Security.Cryptography;
using Chat.Daemon.Configuration;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Daemon.Cluster;

/// <summary>
/// This daemon as a node of a cluster. One node serves; the others relay their clients to it, and one of them serves once it is gone. They
/// know of each other through their database alone. Safe from any thread.
/// </summary>
internal sealed partial class ClusterNode : IAsyncDisposable
{
    private readonly PostgresServer server;
    private readonly NodeTable nodeTable;
    private readonly OtherNodes otherNodes;
    private readonly ServingTurn turn;
    private readonly Relay relay;
    private readonly ServingWatch servingWatch;
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly string secret;
    private readonly ILogger logger;
    private readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NodeHeart? heart;
    private volatile bool isStoppingAll;

    private ClusterNode(ChatOptions options, NodeSockets sockets, ILoggerFactory log)
    {
        (Name, secret, Sockets) = (options.Cluster.Node, options.Cluster.Secret, sockets);
        Backends = $"chatd {Name} {RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        Addresses = NodeAddresses.Of(sockets.Endpoints);
        server = new PostgresServer(options.Database, options.History.Durability, Backends, NodeHeart.CommandSeconds);
        servingWatch = new ServingWatch(() =>
        {
            using var connection = server.Open();
            return NodeTable.Serving(connection);
        });
        relay = new Relay(sockets, servingWatch, options, log.CreateLogger<Relay>());
        nodeTable = new NodeTable(Name, Backends, relay.Counters);
        otherNodes = new OtherNodes(nodeTable, TimeProvider.System);
        turn = new ServingTurn(server, otherNodes);
        logger = log.CreateLogger<ClusterNode>();
    }

    /// <summary>The version of chatd.</summary>
    public static string Program { get; } =
        typeof(ClusterNode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public string Name { get; }

    /// <summary>Outlive the node.</summary>
    public NodeSockets Sockets { get; }

    /// <summary>What the server calls the connections of this run of the node, by which others end them if it hangs.</summary>
    public string Backends { get; }

    /// <summary>Whether it has ever waited for its turn.</summary>
    public bool HasStoodBy { get; private set; }

    /// <summary>Completes when the node counts as dead, or another serves in its place: it must end.</summary>
    public Task Lost => lost.Task;

    /// <inheritdoc cref="NodeHeart.Silence"/>
    public TimeSpan Silence => heart!.Silence;

    /// <summary>Where clients reach this node.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <inheritdoc cref="NodeHeart.AddressesOfOthers"/>
    public IReadOnlyList<string> AddressesOfOthers => isStoppingAll ? [] : heart!.AddressesOfOthers;

    /// <inheritdoc cref="NodeHeart.Relayed"/>
    public IReadOnlyList<(string Node, long Open, long Bytes)> Relayed => heart!.Relayed;

    /// <inheritdoc cref="NodeHeart.StopOrdered"/>
    public CancellationToken StopOrdered => heart!.StopOrdered;

    /// <summary>Joins the other nodes. Serves nobody yet.</summary>
    /// <returns>Null if a node that lives has the name.</returns>
    /// <exception cref="StorageUnusableException">The database cannot be used.</exception>
    public static async Task<ClusterNode?> JoinAsync(
        ChatOptions options, NodeSockets sockets, ILoggerFactory log, CancellationToken cancellation)
    {
        var node = new ClusterNode(options, sockets, log);
        try
        {
            if (!await node.EnterAsync(cancellation))
            {
                await node.DisposeAsync();
                return null;
            }
            node.heart = new NodeHeart(node.server, node.nodeTable, node.Follow, log.CreateLogger<NodeHeart>());
            _ = node.EndWithAsync(node.heart.Died);
            node.LogJoined(node.Name);
            return node;
        }
        catch (Exception e)
        {
            await node.DisposeAsync();
            if (node.server.Explain(e) is { } explained) throw explained;
            throw;
        }
    }

    /// <summary>Opens the database once no other daemon writes there.</summary>
    /// <param name="standsBy">Called at most once, when it is clear that another serves.</param>
    /// <exception cref="OperationCanceledException">The node is to stop, or has been lost.</exception>
    public async Task<OpenStorage> ServeAsync(Func<OpenStorage> open, Action standsBy, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, StopOrdered);
        while (true)
        {
            var free = turn.WaitAsync(Wait, over.Token);
            if (await Task.WhenAny(free, Lost) == Lost) throw new OperationCanceledException("The node has been lost.");
            await free;
            if (await TryServeAsync(open, cancellation) is { } storage)
            {
                await relay.StopAcceptingAsync(); // the daemon accepts soon, and clients wait until it does
                return storage;
            }
            Wait(); // another was quicker
        }

        void Wait()
        {
            if (HasStoodBy) return;
            HasStoodBy = true;
            LogStandsBy(Name);
            relay.Start();
            standsBy();
        }
    }

    /// <returns>Null if it is not its turn after all.</returns>
    private async Task<OpenStorage?> TryServeAsync(Func<OpenStorage> open, CancellationToken cancellation)
    {
        try
        {
            // Whoever stops all nodes orders it before it gives up the lock.
            var isToStop = await RunAsync(nodeTable.Beat);
            if (isToStop is null) lost.TrySetResult();
            if (isToStop != false) throw new OperationCanceledException("The node is not to serve.");
            var storage = await Task.Run(open, cancellation);
            if (storage.Database is PostgresDatabase database) _ = EndWithAsync(database.Displaced);
            LogServes(Name);
            return storage;
        }
        catch (StorageUnusableException e) when (e.InnerException is NpgsqlException || turn.IsTaken(Backends))
        {
            return null;
        }
        catch (NpgsqlException)
        {
            return null; // the server is lost; whoever waits for it next gets the turn
        }
    }

    /// <summary>Serves the clients of the other nodes, too, and tells them so.</summary>
    /// <param name="stopping">Cancelled when this daemon stops: they bring no more.</param>
    public async Task TakeClientsAsync(NodeTransport transport, ILogger<LinkListener> log, CancellationToken stopping)
    {
        var listener = new LinkListener(Sockets.Link, LinkHandshake.KeyOf(key, secret), transport, log);
        stopping.Register(listener.Dispose);
        try
        {
            await RunAsync(nodeTable.Serve);
        }
        catch (NpgsqlException e)
        {
            LogNotTold(e);
        }
    }

    /// <returns>The nodes that live, by name.</returns>
    public Task<List<NodeState>> ListAsync() => RunAsync(NodeTable.List);

    /// <summary>Orders the node of that name to stop, which may be this one.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> StopAsync(string node) => await RunAsync(connection => nodeTable.Stop(connection, node)) > 0;

    /// <summary>Orders all other nodes to stop, before this one does: else one of them would take over.</summary>
    public async Task StopOthersAsync()
    {
        isStoppingAll = true;
        try
        {
            await RunAsync(connection => nodeTable.Stop(connection, node: null));
        }
        catch (NpgsqlException e)
        {
            LogOrderLost(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        heart?.Dispose();
        await relay.DisposeAsync();
        try
        {
            if (heart is not null && !Lost.IsCompleted) await RunAsync(nodeTable.Leave);
        }
        catch (NpgsqlException)
        {
            // The others notice that it does not count any more.
        }
        server.Dispose();
    }

    /// <summary>A node of the name that does not live, such as the one that was killed here, is waited for.</summary>
    private async Task<bool> EnterAsync(CancellationToken cancellation)
    {
        await RunAsync(connection =>
        {
            PostgresSchema.Prepare(connection, server.Place);
            return true;
        });
        var now = TimeProvider.System.GetUtcNow();
        var link = (NodeAddresses.Reachable(Sockets.LinkAddress), key);
        for (var waited = TimeSpan.Zero; waited <= OtherNodes.Patience + TimeSpan.FromSeconds(2); waited += TimeSpan.FromSeconds(1))
        {
            if (await RunAsync(connection => nodeTable.TryEnter(connection, Program, Addresses, link, now))) return true;
            await RunAsync(otherNodes.BuryDead);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }
        return false;
    }

    private Task<T> RunAsync<T>(Func<NpgsqlConnection, T> work) => Task.Run(() =>
    {
        using var connection = server.Open();
        return work(connection);
    });

    /// <summary>After each beat.</summary>
    private void Follow(ServingNode? serving)
    {
        servingWatch.Set(serving);
        if (serving is not null) relay.EndOthers(serving);
    }

    private async Task EndWithAsync(Task end)
    {
        await end;
        if (lost.TrySetResult()) LogLost(Name);
    }

    [LoggerMessage(EventId = 904, EventName = "NodeJoined", Level = LogLevel.Information, Message = "Node {Node} joined the cluster")]
    private partial void LogJoined(string node);

    [LoggerMessage(EventId = 905, EventName = "NodeStandsBy", Level = LogLevel.Information,
        Message = "Node {Node} stands by: another daemon serves the database")]
    private partial void LogStandsBy(string node);

    [LoggerMessage(EventId = 906, EventName = "NodeServes", Level = LogLevel.Information, Message = "Node {Node} takes over the database")]
    private partial void LogServes(string node);

    [LoggerMessage(EventId = 907, EventName = "NodeLost", Level = LogLevel.Critical,
        Message = "Node {Node} is dead to the others, or another serves in its place; it ends")]
    private partial void LogLost(string node);

    [LoggerMessage(EventId = 914, EventName = "NodeNotTold", Level = LogLevel.Error,
        Message = "Cannot tell the other nodes that this one serves; their clients wait")]
    private partial void LogNotTold(Exception cause);

    [LoggerMessage(EventId = 908, EventName = "NodeOrderLost", Level = LogLevel.Error,
        Message = "Cannot order the other nodes to stop; one of them takes over")]
    private partial void LogOrderLost(Exception cause);
}
