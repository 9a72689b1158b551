using System.Diagnostics;
using Chat.Daemon.Commands;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Hooks;

/// <summary>Filters that throw, hang or block.</summary>
[TestClass]
public sealed class FilterFailureTests
{
    [TestMethod]
    [DataRow("!throw")]
    [DataRow("!none")]
    [DataRow("!empty")]
    [DataRow("!hang")]
    [DataRow("!block")]
    public async Task FailingOpenFilterLetsTheMessageThrough(string text)
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        Assert.AreEqual(text, (await ana.SayAsync("geral", text)).Text);
        await daemon.Log.LineAsync(l => text is "!hang" or "!block"
            ? l.Contains("Filter missed its deadline: Sluggish of plugin filters", StringComparison.Ordinal)
            : l.Contains("Filter failed: Obedient of plugin filters", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("throw", "Filter failed")]
    [DataRow("hang", "Filter missed its deadline")]
    public async Task FailingClosedFilterRefusesTheMessage(string text, string line)
    {
        await using var daemon = await PluginDaemon.WithAsync("Sentry");
        var ana = await daemon.EnterAsync("ana", lang: "en");
        var refusal = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message(text, "geral"));
        Assert.AreEqual(
            (RefusalCode.Unavailable, "This message could not be checked: try again in a moment."), (refusal.Code, refusal.Text));
        await daemon.Log.LineAsync(l => l.Contains($"{line}: Gate of plugin sentry", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("!hang")]
    [DataRow("!block")]
    public async Task FilterIsBypassedAfterFiveMissesInAMinute(string text)
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var ana = await daemon.EnterAsync("ana");
        for (var i = 0; i < 5; i++) await ana.SayAsync("geral", text);
        await daemon.Log.LineAsync(
            l => l.Contains("Filter bypassed: Sluggish of plugin filters missed its deadline five times", StringComparison.Ordinal));
        for (var i = 0; i < 100; i++) await ana.SendAsync(new ClientFrame.Message(text, "geral"));
        var began = Stopwatch.StartNew();
        await ana.SettleAsync();
        Assert.IsLessThan(TimeSpan.FromSeconds(10), began.Elapsed); // 100 deadlines would take longer
        Assert.HasCount(1, daemon.Log.Lines.Where(l => l.Contains("Filter bypassed", StringComparison.Ordinal)).ToList());
        Assert.AreEqual("Sluggish", string.Join(' ', Tallies(daemon)));
    }

    [TestMethod]
    public async Task BypassedClosedFilterRefusesAtOnce()
    {
        await using var daemon = await PluginDaemon.WithAsync("Sentry");
        var ana = await daemon.EnterAsync("ana");
        for (var i = 0; i < 5; i++) await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("hang", "geral"));
        await daemon.Log.LineAsync(l => l.Contains("Messages are refused without it", StringComparison.Ordinal));
        Assert.AreEqual(RefusalCode.Unavailable, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("oi", "geral"))).Code);
    }

    [TestMethod]
    public async Task MessageOfAnEndedConnectionIsNotSent()
    {
        await using var daemon = await PluginDaemon.WithAsync("Filters");
        var (ana, mara) = (await daemon.EnterAsync("ana"), await daemon.EnterAsync("mara", Role.Moderator));
        await ana.SendAsync(new ClientFrame.Message("!wait", "geral"));
        await daemon.Log.LineAsync(l => l.Contains("ana to geral via : !wait", StringComparison.Ordinal));
        await mara.ReplyAsync("/ban ana");
        await ana.ExpectClosedAsync(); // the connection does not wait for the filter
        await mara.TypeAsync("/abrir");
        Assert.AreEqual(1, (await mara.SayAsync("geral", "oi")).Seq);
    }

    private static IEnumerable<string> Tallies(PluginDaemon daemon) =>
        daemon.Users.Daemon.Get<CommandRegistry>().Current.Hooks.Tallies.SelectMany(t => t.Value.BypassedFilters);
}
