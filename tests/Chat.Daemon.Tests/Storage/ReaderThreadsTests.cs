using Chat.Daemon.Storage;

namespace Chat.Daemon.Tests.Storage;

[TestClass]
public sealed class ReaderThreadsTests
{
    [TestMethod]
    public async Task WorkThatWaitsHoldsUpNoOtherWork()
    {
        using var threads = new ReaderThreads();
        using var all = new CountdownEvent(8);
        var reads = Enumerable.Range(0, 8).Select(i => threads.RunAsync(() =>
        {
            all.Signal();
            Assert.IsTrue(all.Wait(Wait.Limit), "all eight run at the same time");
            return (i, Environment.CurrentManagedThreadId);
        })).ToList();
        var done = await Task.WhenAll(reads).WaitAsync(Wait.Limit);
        CollectionAssert.AreEqual(Enumerable.Range(0, 8).ToArray(), done.Select(one => one.i).ToArray());
        Assert.HasCount(8, done.Select(one => one.CurrentManagedThreadId).Distinct());

        var again = await threads.RunAsync(() => Environment.CurrentManagedThreadId).WaitAsync(Wait.Limit);
        Assert.Contains(again, done.Select(one => one.CurrentManagedThreadId), "an idle one goes on");
        Assert.IsFalse(await threads.RunAsync(() => Thread.CurrentThread.IsThreadPoolThread).WaitAsync(Wait.Limit));
    }

    [TestMethod]
    public async Task TheCallerGetsWhatTheWorkThrows()
    {
        using var threads = new ReaderThreads();
        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => threads.RunAsync<int>(() => throw new InvalidDataException()));
        Assert.AreEqual(1, await threads.RunAsync(() => 1).WaitAsync(Wait.Limit));
    }

    [TestMethod]
    public async Task WhatComesAfterTheEndStillRuns()
    {
        var threads = new ReaderThreads();
        Assert.AreEqual(1, await threads.RunAsync(() => 1).WaitAsync(Wait.Limit));
        threads.Dispose();
        Assert.AreEqual(2, await threads.RunAsync(() => 2).WaitAsync(Wait.Limit));
    }
}
