using Chat.TestKit;

namespace Chat.Cli.Tests;

/// <summary>Text typed before the login may be a password, so it must not reach a room.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class TypedAheadTests
{
    [TestMethod]
    [Timeout(120_000)]
    public async Task LineTypedBeforeTheLoginIsDiscarded()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var terminal = new TerminalProcess($"--connect 127.0.0.1:{daemon.Port} --user ana --room r --lang en",
            typedAhead: "secret\n");
        await terminal.UntilShownAsync("Discarded what you typed before the login.");
        terminal.Type("hello\r");
        await terminal.UntilShownAsync("ana\e[0m: hello");
        Assert.DoesNotContain("ana\e[0m: secret", terminal.Shown);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task LineBegunBeforeTheLoginNeedsASecondEnter()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var terminal = new TerminalProcess($"--connect 127.0.0.1:{daemon.Port} --user ana --room r --lang en",
            typedAhead: "sec");
        await terminal.UntilShownAsync("Discarded what you typed before the login.");
        terminal.Type("ret\r");
        await terminal.UntilShownAsync("Not sent: you began this line before the login.");
        Assert.DoesNotContain("ana\e[0m: ret", terminal.Shown);
        terminal.Type("\r");
        await terminal.UntilShownAsync("ana\e[0m: ret");
    }
}
