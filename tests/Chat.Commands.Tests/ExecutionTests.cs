using Chat.Daemon.Commands;
using Chat.Daemon.Rooms;
using Microsoft.Extensions.DependencyInjection;
using static Chat.Commands.Tests.KnownEntities;

namespace Chat.Commands.Tests;

[TestClass]
internal sealed class ExecutionTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [TestMethod]
    public async Task ResultsBecomeOutcomes()
    {
        var stand = new Stand(
            Stand.Command("dados", _ => CommandResult.ToCaller("7", new System.Text.Json.Nodes.JsonObject { ["total"] = 7 })),
            Stand.Command("sala", _ => CommandResult.ToRoom("oi", ephemeral: true)),
            Stand.Command("não", _ => CommandResult.Refuse("own_code", "no")),
            Stand.Command("lança", _ => throw new RefusalException("banned", "you are")),
            Stand.Command("nulo", _ => null!), Stand.Command("json", _ => new CommandResult.Reply("", "{")),
            Stand.Command("grande", _ => new string('x', 100_000)));
        Assert.AreEqual(7, ((CommandOutcome.Reply)await stand.Sends(Bia, "/dados")).Data!.Value.GetProperty("total").GetInt32());
        Assert.AreEqual(new CommandOutcome.Post("oi", true, "sala"), await stand.Sends(Bia, "/sala", Geral));
        (await stand.Sends(Bia, "/sala")).ShouldReply("oi");
        (await stand.Sends(Bia, "/nao")).ShouldBeRefused("own_code");
        (await stand.Sends(Bia, "/lanca")).ShouldBeRefused("banned");
        foreach (var bug in new[] { "/nulo", "/json", "/grande" }) (await stand.Sends(Bia, bug)).ShouldBeRefused("command_failed");
        AllIsReturned(stand);
    }

    [TestMethod]
    public async Task FailureIsLoggedUnderTheCallersReference()
    {
        await using var audit = new AuditDatabase();
        var stand = new Stand(audit.Store, Stand.Command("x", _ => throw new InvalidOperationException("bang")).Audit());
        var text = (await stand.Sends(Bia, "/x")).ShouldBeRefused("command_failed").Detail!;
        var reference = (await audit.EntriesAsync()).Single().InvocationId;
        StringAssert.Contains(text, reference);
        Assert.DoesNotContain("bang", text);
        Assert.Contains(line => line.Contains(reference) && line.Contains("bang"), stand.RecorderLog.Lines);
        AllIsReturned(stand);
    }

    [TestMethod]
    public async Task MethodIsCancelledAtItsDeadline()
    {
        await using var audit = new AuditDatabase();
        var stand = new Stand(audit.Store, Waits("x").Deadline(Short).Audit());
        (await stand.Sends(Bia, "/x")).ShouldBeRefused("timeout");
        Assert.AreEqual("timeout", (await audit.EntriesAsync()).Single().Outcome);
        Assert.AreEqual(0, stand.Recorder.DetachedCount);
        AllIsReturned(stand);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task MethodThatIgnoresItsCancellationIsDetached(bool blocks)
    {
        using var gate = new ManualResetEventSlim();
        var done = new TaskCompletionSource();
        var stand = new Stand(Stand.Command("x", async (_, scope, _) =>
        {
            scope.GetRequiredService<ScopeProbe>();
            if (blocks) gate.Wait(CancellationToken.None);
            else await done.Task;
            return "late";
        }).Deadline(Short));
        (await stand.Sends(Bia, "/x")).ShouldBeRefused("timeout");
        Assert.AreEqual((1, 0, 1), (stand.Recorder.DetachedCount, stand.Scopes.Disposed, stand.Owner.Held));
        gate.Set();
        done.SetResult();
        await stand.AllReturnedAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (stand.Recorder.DetachedCount > 0 && !limit.IsCancellationRequested) await Task.Yield();
        Assert.AreEqual(1, stand.Scopes.Disposed);
        Assert.HasCount(2, stand.RecorderLog.Lines);
        AllIsReturned(stand);
    }

    [TestMethod]
    public async Task CallersAbortCancelsTheMethod()
    {
        var stand = new Stand(Waits("x"));
        using var session = new CancellationTokenSource();
        var running = stand.Sends(Bia, "/x", aborted: session.Token);
        await session.CancelAsync();
        (await running).ShouldBeRefused("unavailable");
        (await stand.Sends(Bia, "/x", aborted: session.Token)).ShouldBeRefused("unavailable");
        AllIsReturned(stand);
    }

    [TestMethod]
    public async Task PluginsStopCancelsTheMethod()
    {
        var stand = new Stand(Waits("x"));
        var running = stand.Sends(Bia, "/x");
        await stand.Owner.DrainAsync(TimeSpan.Zero, TimeSpan.FromSeconds(10), CancellationToken.None);
        (await running).ShouldBeRefused("unavailable");
        AllIsReturned(stand);
    }

    [TestMethod]
    public async Task CancellationCallbackMayThrowAndBlock()
    {
        using var gate = new ManualResetEventSlim();
        var stand = new Stand(
            Stand.Command("throws", async (context, _, _) =>
            {
                context.Aborted.Register(() => throw new InvalidOperationException("from a callback"));
                await Task.Delay(Timeout.Infinite, context.Aborted);
                return "never";
            }).Deadline(Short),
            Stand.Command("blocks", async (context, _, _) =>
            {
                context.Aborted.Register(() => gate.Wait());
                await new TaskCompletionSource().Task.WaitAsync(Short * 4);
                return "never";
            }).Deadline(Short));
        (await stand.Sends(Bia, "/throws")).ShouldBeRefused("timeout");
        await stand.Sends(Bia, "/blocks").WaitAsync(TimeSpan.FromSeconds(10));
        gate.Set();
    }

    [TestMethod]
    public async Task ContextCanBeInjected()
    {
        var stand = new Stand(Stand.Command("x", (context, scope, _) =>
            ValueTask.FromResult<CommandResult>(ReferenceEquals(context, scope.GetRequiredService<CommandContext>())
                ? $"{context.Command} {context.RequiredRoom}"
                : "another")));
        (await stand.Sends(Bia, "/x", Geral)).ShouldReply("x geral");
    }

    [TestMethod]
    public async Task MethodDoesNotSeeItsCallersAsyncLocals()
    {
        var ambient = new AsyncLocal<string?> { Value = "the session's" };
        var stand = new Stand(Stand.Command("x", (_, _, _) => ValueTask.FromResult<CommandResult>(ambient.Value ?? "clean")));
        (await stand.Sends(Bia, "/x")).ShouldReply("clean");
        Assert.AreEqual("the session's", ambient.Value);
    }

    private static CommandBuilder Waits(string name) => Stand.Command(name, async (context, scope, _) =>
    {
        scope.GetRequiredService<ScopeProbe>().Open();
        await Task.Delay(Timeout.Infinite, context.Aborted);
        return "never";
    });

    private static void AllIsReturned(Stand stand)
    {
        Assert.AreEqual(0, stand.Owner.Held);
        Assert.IsGreaterThanOrEqualTo(stand.Scopes.Made, stand.Scopes.Disposed);
    }
}
