using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Microsoft.Extensions.Logging;

namespace Chat.Plugins.Tests.Lifecycle;

/// <summary>Good plugins start, work and stop.</summary>
[TestClass]
public sealed class StartAndStopTests
{
    [TestMethod]
    public async Task AFolderIsLoaded()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Drop("Greeter");
        await sandbox.LoadAsync();
        Assert.AreEqual(new PluginSummary("greeter", "1.2", "active"), sandbox.Plugins.Single() with { Commands = [] });
        Assert.AreEqual("ana 1 for ana", await sandbox.RunAsync("saudar"));
        Assert.AreEqual("bia 2 for bia", await sandbox.RunAsync("greet", "bia"));
        Assert.IsEmpty(sandbox.Complaints);
    }

    [TestMethod]
    public async Task ASingleFileIsLoaded()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.DropFile("Greeter.dll", File.ReadAllBytes(PluginSandbox.Fixture("Greeter")));
        await sandbox.LoadAsync();
        Assert.AreEqual("ana 1 for ana", await sandbox.RunAsync("saudar"));
    }

    [TestMethod]
    public async Task TwoVersionsOfOneDependencyRunSideBySide()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Drop("WordsOne");
        sandbox.Drop("WordsTwo");
        await sandbox.LoadAsync();
        Assert.AreEqual("one two", $"{await sandbox.RunAsync("palavra-one")} {await sandbox.RunAsync("palavra-two")}");
        Assert.IsEmpty(sandbox.Complaints);
    }

    [TestMethod]
    public async Task AContractAssemblyBesideThePluginIsNotUsed()
    {
        await using var sandbox = new PluginSandbox();
        var folder = Path.GetDirectoryName(sandbox.Drop("Greeter"))!;
        foreach (var assembly in ContractAssemblies.Types.Select(type => type.Assembly.Location))
            File.Copy(assembly, Path.Combine(folder, Path.GetFileName(assembly)));
        await sandbox.LoadAsync();
        Assert.AreEqual("ana 1 for ana", await sandbox.RunAsync("saudar"));
    }

    [TestMethod]
    public async Task ARunningPluginSurvivesTruncationOfItsDroppedFile()
    {
        await using var sandbox = new PluginSandbox();
        var dropped = sandbox.Drop("Greeter");
        await sandbox.LoadAsync();
        await using (var file = File.OpenWrite(dropped)) file.SetLength(100);
        Directory.Delete(Path.GetDirectoryName(dropped)!, recursive: true);
        Assert.AreEqual("ana 1 for ana", await sandbox.RunAsync("saudar"));
    }

    [TestMethod]
    public async Task CopiesAreReadOnlyReusedAndPruned()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Drop("Greeter");
        sandbox.Drop("Greeter", "Twin");
        var stage = new StagingFolder(sandbox.Staged);
        var before = stage.Stage(SourceOf(sandbox, "Greeter"));
        var stale = Directory.CreateDirectory(Path.Combine(sandbox.Staged, "stale")).FullName;
        await sandbox.LoadAsync();
        Assert.IsTrue(new FileInfo(before.Assembly).IsReadOnly);
        if (!OperatingSystem.IsWindows())
            Assert.AreEqual((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Path.GetDirectoryName(before.Folder)!));
        Assert.IsFalse(Directory.Exists(stale));
        Assert.AreEqual(before, stage.Stage(SourceOf(sandbox, "Greeter")));
    }

    [TestMethod]
    public async Task ADamagedCopyIsReplaced()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Drop("Greeter");
        var copy = new StagingFolder(sandbox.Staged).Stage(SourceOf(sandbox, "Greeter")).Assembly;
        new FileInfo(copy).IsReadOnly = false;
        await File.WriteAllTextAsync(copy, "damaged");
        await sandbox.LoadAsync();
        Assert.AreEqual("active", sandbox.Plugins.Single().State);
    }

    [TestMethod]
    public async Task SourceCodeAndBuildOutputAreIgnored()
    {
        await using var sandbox = new PluginSandbox();
        foreach (var name in (string[])["bin", "obj", "Source", "Empty"]) Directory.CreateDirectory(Path.Combine(sandbox.Dropped, name));
        File.WriteAllText(Path.Combine(sandbox.Dropped, "Source", "Source.csproj"), "<Project />");
        foreach (var name in (string[])["bin", "obj", "Source"])
            File.WriteAllText(Path.Combine(sandbox.Dropped, name, name + ".dll"), "junk");
        File.WriteAllText(Path.Combine(sandbox.Dropped, "readme.txt"), "junk");
        await sandbox.LoadAsync();
        Assert.IsEmpty(sandbox.Plugins);
        Assert.IsEmpty(sandbox.Complaints);
    }

    [TestMethod]
    public async Task StoppingDisposesTheContainer()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Drop("Greeter");
        await sandbox.LoadAsync();
        await sandbox.RunAsync("saudar");
        var owner = sandbox.Find("saudar")!.Owner;
        await sandbox.StopAsync();
        Assert.AreEqual("Gone", sandbox.Log.Lines[^1].Text);
        Assert.IsNull(sandbox.Find("saudar"));
        Assert.IsNull(owner.TryLease());
    }

    [TestMethod]
    public async Task StoppingCancelsInvocationsAndWaitsForThem()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Drop("Greeter");
        await sandbox.LoadAsync();
        var lease = sandbox.Find("demorar")!.Owner.TryLease()!;
        lease.Stopping.Register(lease.Dispose);
        await sandbox.StopAsync();
        Assert.IsTrue(lease.Stopping.IsCancellationRequested);
        Assert.IsEmpty(sandbox.Complaints);
    }

    [TestMethod]
    public async Task APluginsLogContainsNoneOfItsObjects()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Drop("Greeter");
        await sandbox.LoadAsync();
        await sandbox.RunAsync("saudar");
        var line = sandbox.Log.Lines.Single(l => l.Text.StartsWith("Came", StringComparison.Ordinal));
        Assert.AreEqual("Plugin.greeter", line.Category);
        Assert.AreEqual(LogLevel.Information, line.Level);
        Assert.AreEqual("Visit { Name = ana, Number = 1 }", line.Values.Single(v => v.Key == "Visit").Value);
    }

    private static PluginSource SourceOf(PluginSandbox sandbox, string name) =>
        FolderScan.Of(sandbox.Dropped, PluginOrigin.Dropped).Sources.Single(s => s.Name == name);
}
