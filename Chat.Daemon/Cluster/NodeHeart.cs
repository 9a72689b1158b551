using System.Diagnostics;
using Chat.Daemon.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Daemon.Cluster;

/// <summary>
/// Counts in the node's row once a second, and reads there what others order. On a thread and a connection of its own, so that a plugin
/// that blocks the thread pool does not make the node seem dead.
/// </summary>
internal sealed partial class NodeHeart : IDisposable
{
    /// <summary>How long a beat may take: clients are to know within 10 s that the node is cut off.</summary>
    public const int CommandSeconds = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), EndLimit = TimeSpan.FromSeconds(2);

    private readonly PostgresServer server;
    private readonly NodeTable nodeTable;
    private readonly ILogger<NodeHeart> logger;
    private readonly TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stopOrdered = new();
    private readonly ManualResetEventSlim ending = new();
    private readonly Thread thread;
    private long beatAt = Stopwatch.GetTimestamp();
    private readonly Action<ServingNode?> tellServing;
    private volatile IReadOnlyList<string> addressesOfOthers = [];
    private volatile IReadOnlyList<(string Node, long Open, long Bytes)> relayed = [];

    /// <param name="server">Whose connections give up after <see cref="CommandSeconds"/>.</param>
    /// <param name="tellServing">Called with each beat, on the heart's thread: which node serves.</param>
    public NodeHeart(PostgresServer server, NodeTable nodeTable, Action<ServingNode?> tellServing, ILogger<NodeHeart> logger)
    {
        (this.server, this.nodeTable, this.tellServing, this.logger) = (server, nodeTable, tellServing, logger);
        thread = new Thread(Run) { IsBackground = true, Name = "heart of the node" };
        thread.Start();
    }

    /// <summary>Completes when the other nodes have declared this one dead.</summary>
    public Task Died => died.Task;

    /// <summary>Cancelled when a node orders this one to stop.</summary>
    public CancellationToken StopOrdered => stopOrdered.Token;

    /// <summary>How long the node has not told the others that it lives.</summary>
    public TimeSpan Silence => Stopwatch.GetElapsedTime(Interlocked.Read(ref beatAt));

    /// <summary>Where clients reach the others, as of the last beat.</summary>
    public IReadOnlyList<string> AddressesOfOthers => addressesOfOthers;

    /// <summary>What each node relays, as of the last beat.</summary>
    public IReadOnlyList<(string Node, long Open, long Bytes)> Relayed => relayed;

    /// <summary>Counts no more when it returns, unless it waits for the database.</summary>
    public void Dispose()
    {
        ending.Set();
        thread.Join(EndLimit);
    }

    private void Run()
    {
        NpgsqlConnection? connection = null;
        while (!ending.Wait(Pause))
        {
            try
            {
                connection ??= server.Open();
                if (!Beat(connection)) break;
            }
            catch (Exception e) // whatever it is, it is tried again: only a row that is gone says that the node is dead
            {
                LogMissed(e.Message);
                connection?.Dispose();
                connection = null;
            }
        }
        connection?.Dispose();
    }

    /// <returns>False if it is over.</returns>
    private bool Beat(NpgsqlConnection connection)
    {
        var isToStop = nodeTable.Beat(connection);
        addressesOfOthers = nodeTable.AddressesOfOthers(connection);
        relayed = NodeTable.Relayed(connection);
        tellServing(NodeTable.Serving(connection));
        switch (isToStop)
        {
            case null:
                LogDied();
                died.SetResult();
                return false;
            case true when !stopOrdered.IsCancellationRequested:
                LogStopOrdered();
                _ = stopOrdered.CancelAsync();
                goto default;
            default:
                Interlocked.Exchange(ref beatAt, Stopwatch.GetTimestamp());
                return true;
        }
    }

    [LoggerMessage(EventId = 901, EventName = "NodeDied", Level = LogLevel.Critical,
        Message = "The other nodes have declared this one dead, and it ends")]
    private partial void LogDied();

    [LoggerMessage(EventId = 902, EventName = "NodeStopOrdered", Level = LogLevel.Warning,
        Message = "Another node ordered this one to stop")]
    private partial void LogStopOrdered();

    [LoggerMessage(EventId = 903, EventName = "NodeBeatMissed", Level = LogLevel.Warning,
        Message = "Cannot tell the other nodes that this one lives: {Reason}")]
    private partial void LogMissed(string reason);
}
