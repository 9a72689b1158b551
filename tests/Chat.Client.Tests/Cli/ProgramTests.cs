using System.Diagnostics;
using Chat.TestKit;

namespace Chat.Client.Tests.Cli;

/// <summary>The built program, through pipes.</summary>
[TestClass]
public sealed class ProgramTests
{
    [TestMethod]
    public async Task LinesOfAPipeAreSaidAndTheirEchoesAwaited()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var run = await RunAsync("olá\n//barra\n", $"--connect 127.0.0.1:{daemon.Port} --user ana --room r --lang pt-BR");
        Assert.AreEqual(0, run.Status, run.Errors);
        StringAssert.Contains(run.Output, "ana: olá\n");
        StringAssert.Contains(run.Output, "ana: /barra\n");
    }

    [TestMethod]
    public async Task WithoutUtf8OnlyAsciiIsWritten()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var run = await RunAsync("olá\n", $"--connect 127.0.0.1:{daemon.Port} --user ana --room r --lang pt-BR", "C");
        StringAssert.Contains(run.Output, "ana: ola\n");
        Assert.IsTrue(System.Text.Ascii.IsValid(run.Output), run.Output);
    }

    [TestMethod]
    public async Task FramesAreAnsweredAsFrames()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var run = await RunAsync("oi\n{\"type\":\"history\",\"room\":\"r\",\"id\":\"h\"}\n", $"--connect 127.0.0.1:{daemon.Port} --user ana --room r --json");
        Assert.AreEqual(0, run.Status, run.Errors);
        var history = run.Output.Split('\n').Single(l => l.Contains("\"type\":\"history\"", StringComparison.Ordinal));
        StringAssert.Contains(history, "\"text\":\"oi\"");
        StringAssert.Contains(history, "\"id\":\"h\"");
        Assert.IsFalse(run.Output.Contains("token\":\"s", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task ARefusedLineIsAFailure()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        Assert.AreEqual(1, (await RunAsync("/nenhum-comando\n", $"--connect 127.0.0.1:{daemon.Port} --user ana --room r")).Status);
        Assert.AreEqual(1, (await RunAsync("", $"--connect 127.0.0.1:{daemon.Port} --user sistema")).Status);
    }

    [TestMethod]
    [DataRow("--nothing")]
    [DataRow("--connect x:y --user ana")]
    [DataRow("--lang fr --user ana")]
    [DataRow("")]
    public async Task WrongUsage(string arguments) => Assert.AreEqual(2, (await RunAsync("", arguments)).Status);

    [TestMethod]
    public async Task NobodyListens()
    {
        var run = await RunAsync("", "--connect 127.0.0.1:1 --user ana --lang en");
        Assert.AreEqual(3, run.Status);
        StringAssert.StartsWith(run.Errors, "Could not connect to 127.0.0.1:1");
    }

    private static async Task<(int Status, string Output, string Errors)> RunAsync(string input, string arguments, string locale = "C.UTF-8")
    {
        var state = Directory.CreateTempSubdirectory("chat-test-");
        try
        {
            var start = new ProcessStartInfo("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, "chat.dll")}\" {arguments}")
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
                Environment = { ["XDG_STATE_HOME"] = state.FullName, ["LC_ALL"] = locale, ["CHAT_PASSWORD"] = null },
            };
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            state.Delete(recursive: true);
        }
    }
}
