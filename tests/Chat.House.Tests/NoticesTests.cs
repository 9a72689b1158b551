using System.Diagnostics;

namespace Chat.House.Tests;

/// <summary>What is published names every package, with the text of each license: without one, <c>deploy/notices.sh</c> fails.</summary>
[TestClass]
public sealed class NoticesTests
{
    private static readonly string[] Published = ["Chat.Daemon", "Chat.Cli", "Chat.LoadTest", "Chat.Testing"];

    public required TestContext TestContext { get; init; }

    [TestMethod, Timeout(120_000, CooperativeCancellation = true)]
    public async Task EveryPackageHasTheTextOfItsLicense()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("deploy/notices.sh needs a Unix shell.");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "deploy", "notices.sh"));
        foreach (var project in Published)
            start.ArgumentList.Add(Path.Combine(Repository.Root, project, "bin", configuration, "net10.0"));

        using var script = Process.Start(start)!;
        var written = script.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
        var errors = await script.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        await script.WaitForExitAsync(TestContext.CancellationToken);

        Assert.AreEqual((0, ""), (script.ExitCode, errors));
        foreach (var named in new[] { "\nNpgsql ", "\nMicrosoft.Data.Sqlite.Core ", "\nSpectre.Console ", "\nHdrHistogram " })
            Assert.Contains(named, await written);
    }
}
