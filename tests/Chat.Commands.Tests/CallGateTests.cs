using Chat.Daemon.Hooks;
using Chat.Testing;

namespace Chat.Commands.Tests;

/// <summary>Which calls of a command may hold a thread, and which wait or are refused. Two may; others wait a second.</summary>
[TestClass]
internal sealed class CallGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TestTime time = new();
    private readonly CallGate gate = new(2, Patience);

    [TestMethod]
    public async Task CallWaitsUntilAnotherReturns()
    {
        var first = await EnterAsync();
        await EnterAsync();
        var third = EnterAsync();
        Assert.IsFalse(third.IsCompleted);
        first!.Returned();
        Assert.IsNotNull(await third);
    }

    [TestMethod]
    public async Task CallsThatAwaitAreManyButNotCountless()
    {
        for (var i = 0; i < CallGate.MostRunning; i++) (await EnterAsync())!.Returned();
        Assert.IsNull(await RefusedAsync());
    }

    [TestMethod]
    public async Task RefusesAtOnceAfterOneHasWaitedInVainUntilOneEnds()
    {
        var first = await EnterAsync();
        await EnterAsync();
        Assert.IsNull(await RefusedAsync());
        Assert.AreEqual(2, gate.Report());
        Assert.IsNull(gate.Report()); // once
        Assert.IsTrue(EnterAsync().IsCompletedSuccessfully);
        first!.Ended();
        Assert.IsNotNull(await EnterAsync());
    }

    [TestMethod]
    public async Task CallThatOutlivesItsCallerHoldsItsPlaceUntilItEnds()
    {
        var (first, second) = (await EnterAsync(), await EnterAsync());
        first!.Returned();
        first.Abandon(); // it awaits
        second!.Abandon(); // it blocks
        second.Returned();
        Assert.IsNull(await RefusedAsync());
        first.Ended();
        second.Ended();
        await EnterAsync();
        Assert.IsNotNull(await EnterAsync());
    }

    [TestMethod]
    public async Task CallerThatQuitsTakesNoPlace()
    {
        var first = await EnterAsync();
        await EnterAsync();
        using var quit = new CancellationTokenSource();
        var gone = gate.EnterAsync(time, quit.Token).AsTask();
        var waiting = EnterAsync();
        await quit.CancelAsync();
        await Assert.ThrowsExactlyAsync<OperationCanceledException>(() => gone);
        first!.Ended();
        Assert.IsNotNull(await waiting);
    }

    [TestMethod]
    public async Task WithoutPatienceItRefusesAtOnce()
    {
        var hasty = new CallGate(1, TimeSpan.Zero);
        Assert.IsNotNull(await hasty.EnterAsync(time, default));
        Assert.IsNull(await hasty.EnterAsync(time, default));
    }

    private Task<CallSlot?> EnterAsync() => gate.EnterAsync(time, default).AsTask();

    private Task<CallSlot?> RefusedAsync()
    {
        var waiting = EnterAsync();
        Assert.IsFalse(waiting.IsCompleted);
        time.Advance(Patience);
        return waiting;
    }
}
