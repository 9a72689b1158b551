using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Rooms;

/// <summary>A <c>joined</c> is a cut every time, also for a room that the connection is in.</summary>
[TestClass]
public sealed class RepeatedJoinTests
{
    private const int Meanwhile = 50;

    [TestMethod]
    [DataRow(null, 0)]
    [DataRow(1L, 2)]
    public async Task WhatIsSaidWhileTheAnswerIsReadFollowsIt(long? after, int missed)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        for (var i = 0; i < 3; i++) await bia.SayAsync("geral", "antes");
        await ana.ExpectAsync<DaemonFrame.Message>(m => m.Seq == 3);

        using (var readers = new BusyReaders(daemon))
        {
            await readers.AllBusyAsync();
            await ana.SendAsync(new ClientFrame.Join("geral", after) { Id = "de novo" });
            for (var i = 0; i < Meanwhile; i++) await bia.SayAsync("geral", "meanwhile");
        }
        await bia.SayAsync("geral", "depois");

        var seen = 3L;
        DaemonFrame.Joined? joined = null;
        while (seen < 4 + Meanwhile)
        {
            var frame = (await ana.NextAsync()).Frame;
            if (frame is DaemonFrame.Joined cut) joined = cut;
            if (frame is DaemonFrame.Message message) Assert.AreEqual(++seen, message.Seq, "Live messages come once and in order.");
            if (frame is DaemonFrame.Joined) Assert.AreEqual(seen, joined!.Seq, "What came before the cut is in it, and nothing else is.");
        }
        Assert.AreEqual("de novo", joined!.Id);
        Assert.AreEqual(missed + (after is null ? 0 : joined.Seq - 3), joined.Messages.Count);
    }

    [TestMethod]
    public async Task ARepeatedJoinLeavesTheConnectionInTheRoomOnce()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        for (var i = 0; i < 5; i++) await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        await bia.SayAsync("geral", "oi");
        await ana.SettleAsync();
        Assert.HasCount(1, ana.Waiting.Where(w => w.Frame is DaemonFrame.Message));
        await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        await bia.SayAsync("geral", "e agora?");
        await ana.SettleAsync();
        Assert.HasCount(1, ana.Waiting.Where(w => w.Frame is DaemonFrame.Message));
    }

    /// <summary>Keeps every connection that reads the database busy until disposed of, on threads of their own.</summary>
    private sealed class BusyReaders : IDisposable
    {
        private readonly ManualResetEventSlim over = new();
        private readonly TaskCompletionSource allBusy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task[] reads;
        private int busy;

        public BusyReaders(TestDaemon daemon) => reads = [.. Enumerable.Range(0, SqliteReaders.Connections).Select(_ =>
            Task.Factory.StartNew(
                () => daemon.Get<SqliteReaders>().ReadAsync(_ => Hold(), CancellationToken.None).AsTask().Wait(Wait.Limit),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))];

        public Task AllBusyAsync() => allBusy.Task.WaitAsync(Wait.Limit);

        public void Dispose()
        {
            over.Set();
            Task.WaitAll(reads, Wait.Limit);
            over.Dispose();
        }

        private bool Hold()
        {
            if (Interlocked.Increment(ref busy) == SqliteReaders.Connections) allBusy.SetResult();
            return over.Wait(Wait.Limit);
        }
    }
}
