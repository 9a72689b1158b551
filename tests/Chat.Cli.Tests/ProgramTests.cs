using System.Text.Json;
using System.Text.RegularExpressions;
using Chat.Client;
using Chat.TestKit;

namespace Chat.Cli.Tests;

/// <summary>The built client with pipes.</summary>
[TestClass]
public sealed partial class ProgramTests
{
    /// <summary>The form of a token.</summary>
    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Secret();

    [TestMethod]
    public async Task PipedLinesAreSentAndConfirmed()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var run = await CliProcess.RunAsync("olá\n//barra\n", $"--connect 127.0.0.1:{daemon.Port} --user ana --room r --lang pt-BR");
        Assert.AreEqual(0, run.Status, run.Errors);
        StringAssert.Contains(run.Output, "ana: olá\n");
        StringAssert.Contains(run.Output, "ana: /barra\n");
    }

    [TestMethod]
    public async Task OutputIsAsciiWithoutUtf8()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var run = await CliProcess.RunAsync("olá\n", $"--connect 127.0.0.1:{daemon.Port} --user ana --room r --lang pt-BR", "C");
        StringAssert.Contains(run.Output, "ana: ola\n");
        Assert.IsTrue(System.Text.Ascii.IsValid(run.Output), run.Output);
    }

    [TestMethod]
    public async Task FramesAreAnsweredWithFrames()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var run = await CliProcess.RunAsync("oi\n{\"type\":\"history\",\"room\":\"r\",\"id\":\"h\"}\n",
            $"--connect 127.0.0.1:{daemon.Port} --user ana --room r --json");
        Assert.AreEqual(0, run.Status, run.Errors);
        var history = run.Output.Split('\n').Single(l => l.Contains("\"type\":\"history\"", StringComparison.Ordinal));
        StringAssert.Contains(history, "\"text\":\"oi\"");
        StringAssert.Contains(history, "\"id\":\"h\"");
        var welcome = JsonDocument.Parse(run.Output.Split('\n')[0]).RootElement;
        Assert.AreEqual(("welcome", "ana", ""),
            (welcome.GetProperty("type").GetString(), welcome.GetProperty("user").GetString(), welcome.GetProperty("token").GetString()));
        Assert.DoesNotMatchRegex(Secret(), run.Output);
    }

    [TestMethod]
    public async Task FramesControlNoTerminal()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var run = await CliProcess.RunAsync("{\"type\":\"ping\",\"id\":\"\u007f\u0080\u009b31m\u009f\u00a0é\"}\n",
            $"--connect 127.0.0.1:{daemon.Port} --user ana --room r --json");
        Assert.AreEqual(0, run.Status, run.Errors);
        StringAssert.Contains(run.Output, "\"id\":\"\\u007f\\u0080\\u009b31m\\u009f\u00a0é\"");
        Assert.IsFalse(run.Output.Any(c => char.IsControl(c) && c != '\n'), run.Output);
    }

    [TestMethod]
    public async Task LinesAfterACommandGoToItsRoom()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var run = await CliProcess.RunAsync("/entrar b\nem b\n/sair b\nem a\n/sair a\n/entrar a\n",
            $"--connect 127.0.0.1:{daemon.Port} --user ana --room a --lang pt-BR");
        Assert.AreEqual(0, run.Status, run.Output);
        var again = await CliProcess.RunAsync("{\"type\":\"history\",\"room\":\"b\"}\n",
            $"--connect 127.0.0.1:{daemon.Port} --user bia --room b --json");
        StringAssert.Contains(again.Output, "\"text\":\"em b\"");
        Assert.IsFalse(again.Output.Contains("em a", StringComparison.Ordinal), again.Output);
    }

    [TestMethod]
    public async Task TlsIsTrustedOnlyWithTheAuthorityFile()
    {
        using var certificate = new TestCertificate();
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Listen:Tls=127.0.0.1:0",
            $"--Chat:Tls:Certificate={certificate.Path}");
        var connect = $"--connect {TestCertificate.Host}:{await daemon.TlsPortAsync()} --user ana --room r --lang en";
        var run = await CliProcess.RunAsync("olá\n", $"{connect} --ca {certificate.PublicPath}");
        Assert.AreEqual(0, run.Status, run.Errors);
        StringAssert.Contains(run.Output, "ana: olá\n");
        Assert.AreEqual(3, (await CliProcess.RunAsync("", $"{connect} --tls")).Status);
        using var other = new TestCertificate();
        Assert.AreEqual(3, (await CliProcess.RunAsync("", $"{connect} --ca {other.PublicPath}")).Status);
        Assert.AreEqual(2, (await CliProcess.RunAsync("", $"{connect} --ca {certificate.PublicPath}.none")).Status);
    }

    [TestMethod]
    public async Task RegisteredAccountIsUsedAtOnce()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var run = await CliProcess.RunAsync("oi\n", $"--connect 127.0.0.1:{daemon.Port} --user ana --register --room r --lang en",
            password: "uma senha boa");
        Assert.AreEqual(0, run.Status, run.Errors);
        StringAssert.Contains(run.Output, "Created the account ana.");
        StringAssert.Contains(run.Output, "ana: oi\n");
        var again = await CliProcess.RunAsync("oi\n", $"--connect 127.0.0.1:{daemon.Port} --user ana --register --room r --lang en",
            password: "uma senha boa");
        Assert.AreEqual(1, again.Status, again.Output);
        Assert.AreEqual(1, (await CliProcess.RunAsync("", $"--connect 127.0.0.1:{daemon.Port} --user bia --register")).Status);
    }

    [TestMethod]
    public async Task HelpListsTheExitStatuses()
    {
        var run = await CliProcess.RunAsync("", "--help --lang en");
        StringAssert.Contains(run.Output, "Exit status:");
        StringAssert.Contains(run.Output, "--register <CODE>");
    }

    [TestMethod]
    public async Task HelpAndErrorsAreInTheRequestedLanguage()
    {
        StringAssert.Contains((await CliProcess.RunAsync("", "--help --lang pt-BR")).Output, "Uso:");
        StringAssert.Contains((await CliProcess.RunAsync("", "--nada --lang pt-BR")).Errors, "não reconhecido");
    }

    [TestMethod]
    public async Task RefusedLineFailsTheRun()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        Assert.AreEqual(1, (await CliProcess.RunAsync("/nenhum-comando\n", $"--connect 127.0.0.1:{daemon.Port} --user ana --room r"))
            .Status);
        Assert.AreEqual(1, (await CliProcess.RunAsync("", $"--connect 127.0.0.1:{daemon.Port} --user sistema")).Status);
    }

    [TestMethod]
    [DataRow("--nothing")]
    [DataRow("--connect x:y --user ana")]
    [DataRow("--lang fr --user ana")]
    [DataRow("")]
    public async Task WrongUsage(string arguments) => Assert.AreEqual(2, (await CliProcess.RunAsync("", arguments)).Status);

    [TestMethod]
    [DataRow("<&-", 0)]
    [DataRow("</dev/null", 0)]
    [DataRow("<&- --json", 0)]
    [DataRow("<&- 2>&-", 0)]
    [DataRow(">&-", 4)]
    [DataRow(">/dev/full", 4)]
    [DataRow("| true", 4)]
    public async Task ClosedStreamsEndTheRun(string redirection, int status)
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Windows has no closed standard streams.");
        await using var daemon = await ProcessDaemon.StartAsync();
        var run = await CliProcess.RunAsync("oi\n", $"--connect 127.0.0.1:{daemon.Port} --user ana --room r {redirection}",
            throughShell: true);
        Assert.AreEqual(status, run.Status, run.Errors);
    }

    [TestMethod]
    public async Task UnreachableDaemonFailsTheRun()
    {
        var run = await CliProcess.RunAsync("", "--connect 127.0.0.1:1 --user ana --lang en");
        Assert.AreEqual(3, run.Status);
        StringAssert.StartsWith(run.Errors, "Could not connect to 127.0.0.1:1: nothing listens there.");
    }
}
