using Chat.Daemon.Hooks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.Tests.Hooks;

[TestClass]
public sealed class GuardedCallsTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30), Long = TimeSpan.FromSeconds(30);

    private readonly GuardedCalls calls = new(TimeProvider.System, NullLogger<GuardedCalls>.Instance);

    [TestMethod]
    public async Task CodeThatReturnsInTimeIsAnswered()
    {
        var call = await RunAsync(_ => Task.FromResult(7), Long);
        Assert.AreEqual((CallEnd.Answered, 7), (call.End, await call.Running));
    }

    [TestMethod]
    public async Task ExceptionIsKeptAsText()
    {
        var call = await RunAsync(_ => throw new InvalidOperationException("bang"), Long);
        Assert.AreEqual(CallEnd.Failed, call.End);
        Assert.IsNotInstanceOfType<InvalidOperationException>(call.Failure);
        Assert.Contains("bang", call.Failure!.Message);
    }

    [TestMethod]
    public async Task CodeIsCancelledAtItsDeadline()
    {
        var call = await RunAsync(ForeverAsync, Short, Long);
        Assert.AreEqual((CallEnd.Missed, true), (call.End, call.Running.IsCanceled));
    }

    [TestMethod]
    public async Task CodeIsCancelledWhenItsCallerQuits()
    {
        using var quit = new CancellationTokenSource(Short);
        var call = await calls.RunAsync(new("test", "x", "y"), ForeverAsync, Long, quit.Token, Long);
        Assert.AreEqual((CallEnd.Abandoned, true), (call.End, call.Running.IsCanceled));
    }

    [TestMethod]
    public async Task CodeThatBlocksReturnsItsCallerAtTheDeadline()
    {
        using var gate = new ManualResetEventSlim();
        var call = await RunAsync(
            _ =>
            {
                gate.Wait(Long, CancellationToken.None);
                return Task.FromResult(1);
            },
            Short).WaitAsync(Long);
        Assert.AreEqual((CallEnd.Missed, false), (call.End, call.Running.IsCompleted));
        gate.Set();
        await call.Ended.WaitAsync(Long);
    }

    [TestMethod]
    public async Task CallEndsOnlyWithItsCancellationCallbacks()
    {
        using var gate = new ManualResetEventSlim();
        var call = await RunAsync(
            async stop =>
            {
                stop.Register(() => gate.Wait(Long));
                await Task.Delay(Short * 4, CancellationToken.None);
                return 1;
            },
            Short);
        await call.Running.WaitAsync(Long);
        Assert.IsFalse(call.Ended.IsCompleted);
        gate.Set();
        await call.Ended.WaitAsync(Long);
    }

    [TestMethod]
    public async Task CodeDoesNotSeeItsCallersAsyncLocals()
    {
        var ambient = new AsyncLocal<int> { Value = 7 };
        var call = await RunAsync(_ => Task.FromResult(ambient.Value), Long);
        Assert.AreEqual(0, await call.Running);
        Assert.AreEqual(7, ambient.Value);
    }

    private Task<GuardedCall<int>> RunAsync(Func<CancellationToken, Task<int>> code, TimeSpan deadline, TimeSpan grace = default) =>
        calls.RunAsync(new("test", "x", "y"), code, deadline, CancellationToken.None, grace).AsTask();

    private static async Task<int> ForeverAsync(CancellationToken stop)
    {
        await Task.Delay(Timeout.Infinite, stop);
        return 0;
    }
}
