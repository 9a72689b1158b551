using System.Runtime.Versioning;

namespace Chat.Plugins.Tests.Inspection;

/// <summary>Each bad file causes one clear line in the log. The daemon and the other plugins carry on.</summary>
[TestClass]
public sealed class BadFileTests
{
    private const string NotAnAssembly = "is not a .NET assembly. It is a native library, or not a library at all.";

    [TestMethod]
    [DataRow("Tomorrow", "tomorrow",
        "It was compiled against contract level 2, but this daemon supports levels up to 1."
        + " Update the daemon, or use an older version of the plugin.")]
    [DataRow("Yesterday", "yesterday",
        "It was compiled against contract level 0, but this daemon supports levels from 1. Use a newer version of the plugin.")]
    [DataRow("Entryless", "entryless",
        "It has no entry class: a public, non-abstract class that implements IChatPlugin and has a parameterless constructor.")]
    [DataRow("TwoEntries", "two-entries",
        "It has 2 entry classes, but must have one. These implement IChatPlugin: Fixtures.First, Fixtures.Second.")]
    [DataRow("Unmarked", "Unmarked", "It is not a plugin: it has no [assembly: ChatPlugin(Id = \"…\")].")]
    [DataRow("BrokenGreeter", "greeter", "It threw InvalidOperationException while starting: no greeting\\u000Afound")]
    [DataRow("Sloppy", "sloppy", "Command errado: Only the last parameter can take the rest of the line.")]
    public async Task AFixtureIsRefused(string fixture, string id, string reason) =>
        await RefusesAsync(sandbox => sandbox.Drop(fixture), id, reason);

    [TestMethod]
    public async Task JunkIsRefused() =>
        await RefusesAsync(sandbox => sandbox.DropFile("Junk.dll", "junk"u8.ToArray()), "Junk", $"Junk.dll {NotAnAssembly}");

    [TestMethod]
    public async Task AnEmptyFileIsRefused() =>
        await RefusesAsync(sandbox => sandbox.DropFile("Void.dll", []), "Void", $"Void.dll {NotAnAssembly}");

    [TestMethod]
    public async Task ANativeLibraryIsRefused() =>
        await RefusesAsync(sandbox => sandbox.DropFile("Native.dll", NativeLibrary()), "Native", $"Native.dll {NotAnAssembly}");

    [TestMethod]
    [DataRow(0.95)]
    [DataRow(0.5)]
    [DataRow(0.03)]
    public async Task HalfADllIsRefused(double part)
    {
        var whole = File.ReadAllBytes(PluginSandbox.Fixture("Greeter"));
        await RefusesAsync(
            sandbox => sandbox.DropFile("Half.dll", whole[..(int)(whole.Length * part)]),
            "Half", "Half.dll is incomplete or damaged. Copy it again.");
    }

    [TestMethod]
    [DataRow(-3, 0)]
    [DataRow(-30, 1)]
    [DataRow(3, 1)]
    public async Task AnIncompleteRecentFileIsGivenTimeAtStartUp(int writtenAt, int complaints)
    {
        var whole = File.ReadAllBytes(PluginSandbox.Fixture("Greeter"));
        await using var sandbox = new PluginSandbox();
        sandbox.DropFile("Half.dll", whole[..(whole.Length / 2)]);
        File.SetLastWriteTimeUtc(Path.Combine(sandbox.Dropped, "Half.dll"), sandbox.Time.GetUtcNow().UtcDateTime.AddSeconds(writtenAt));
        await sandbox.LoadAsync();
        Assert.HasCount(complaints, sandbox.Complaints);
        sandbox.DropFile("Half.dll", whole);
        await sandbox.SettleAsync();
        Assert.AreEqual("greeter 1.2 active", sandbox.States);
    }

    [TestMethod]
    public async Task HalfADependencyIsRefused() => await RefusesAsync(sandbox =>
    {
        var lexicon = Path.Combine(Path.GetDirectoryName(sandbox.Drop("WordsOne"))!, "Lexicon.dll");
        using var file = File.OpenWrite(lexicon);
        file.SetLength(file.Length / 2);
    }, "words-one", "Lexicon.dll is incomplete or damaged. Copy it again.");

    [TestMethod]
    public async Task AMissingDependencyIsRefusedByName() => await RefusesAsync(
        sandbox => File.Delete(Path.Combine(Path.GetDirectoryName(sandbox.Drop("WordsOne"))!, "Lexicon.dll")),
        "words-one", "It needs Lexicon 1.0.0.0, which is missing. Copy the plugin's whole build output into a folder named WordsOne.");

    [TestMethod]
    public async Task ASharedDependencyNewerThanTheDaemonsIsRefused() => await RefusesAsync(
        sandbox => AssemblyPatch.ReferenceVersion(sandbox.Drop("Rival"), "Chat.Abstractions", 99),
        "rival",
        "Rival needs Chat.Abstractions 99.0.0.0, but this daemon has 0.0.0.0. Update the daemon, or use an older version of the plugin.");

    [TestMethod]
    public async Task AContainerThatCannotBeBuiltIsRefused()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Drop("Needy");
        await sandbox.LoadAsync();
        Assert.Contains("Its container cannot be built: ", sandbox.Complaints.Single());
        Assert.Contains("IFulfilled", sandbox.Complaints.Single());
    }

    [TestMethod]
    public async Task APluginThatHangsIsRefusedAfterTheTimeLimit()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.DropVersion(1, "hangs");
        await sandbox.TimeOutAsync(sandbox.LoadAsync());
        Assert.AreEqual("It did not start within 10 s. Its thread is stuck until the daemon restarts.", sandbox.Plugins.Single().Note);
        Assert.HasCount(1, sandbox.Complaints);
    }

    [TestMethod]
    public async Task AFolderWithoutItsDllIsRefused() => await RefusesAsync(sandbox =>
    {
        var dropped = sandbox.Drop("Greeter", "Other");
        File.Move(dropped, Path.Combine(Path.GetDirectoryName(dropped)!, "Strange.dll"));
    }, "Other", "There is no Other.dll. A plugin's folder must have the same name as its DLL.");

    [TestMethod, OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
    public async Task AFileThatCannotBeReadIsRefused()
    {
        if (Environment.IsPrivilegedProcess) Assert.Inconclusive("Whoever may do anything can read any file.");
        await using var sandbox = new PluginSandbox();
        File.SetUnixFileMode(sandbox.Drop("Greeter"), UnixFileMode.None);
        await sandbox.LoadAsync();
        Assert.Contains("It cannot be read and copied to ", sandbox.Complaints.Single());
    }

    [TestMethod, OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
    public async Task ADanglingLinkIsRefused()
    {
        await using var sandbox = new PluginSandbox();
        File.CreateSymbolicLink(Path.Combine(sandbox.Dropped, "Link.dll"), "/nowhere/Link.dll");
        await sandbox.LoadAsync();
        Assert.HasCount(1, sandbox.Complaints);
        Assert.EndsWith("Link.dll is a link to nothing.", sandbox.Plugins.Single().Note);
    }

    [TestMethod, OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
    public async Task AWorldWritableDropFolderIsNotUsed()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Drop("Greeter");
        File.SetUnixFileMode(sandbox.Dropped, File.GetUnixFileMode(sandbox.Dropped) | UnixFileMode.OtherWrite);
        await sandbox.LoadAsync();
        Assert.IsEmpty(sandbox.Plugins);
        Assert.AreEqual(
            $"Plugin folder {sandbox.Dropped} is not used. Anyone can write to {sandbox.Dropped}, and code there would run as the daemon."
            + " Run chmod o-w on it.",
            sandbox.Complaints.Single());
    }

    [TestMethod, OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
    public async Task AWorldWritableSubfolderIsRefused()
    {
        await using var sandbox = new PluginSandbox();
        var inside = Directory.CreateDirectory(
            Path.Combine(Path.GetDirectoryName(sandbox.Drop("Greeter"))!, "runtimes", "linux")).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(inside, "linux", "library.txt"), "");
        File.SetUnixFileMode(inside, File.GetUnixFileMode(inside) | UnixFileMode.OtherWrite);
        await sandbox.LoadAsync();
        Assert.Contains($"Anyone can write to {inside}, ", sandbox.Complaints.Single());
    }

    [TestMethod]
    public async Task AFileThatIsNestedTooDeepIsReported()
    {
        await using var sandbox = new PluginSandbox();
        var deepest = string.Join(Path.DirectorySeparatorChar, Enumerable.Repeat("x", 8));
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(sandbox.Drop("Greeter"))!, deepest)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "deep.txt"), "");
        await sandbox.LoadAsync();
        Assert.AreEqual("greeter 1.2 active", sandbox.States);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "y")).FullName, "deeper.txt"), "");
        await sandbox.SettleAsync();
        await sandbox.PassAsync(PluginSandbox.Quick.Incomplete);
        Assert.Contains("is nested deeper than 8 folders", sandbox.Complaints.Single());
    }

    [TestMethod, OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
    public async Task AWorldWritableFileIsRefused()
    {
        await using var sandbox = new PluginSandbox();
        var dropped = sandbox.Drop("Greeter");
        File.SetUnixFileMode(dropped, File.GetUnixFileMode(dropped) | UnixFileMode.OtherWrite);
        await sandbox.LoadAsync();
        Assert.Contains($"Anyone can write to {dropped}", sandbox.Complaints.Single());
    }

    [TestMethod]
    public async Task AMissingFolderIsNotAnError()
    {
        await using var sandbox = new PluginSandbox();
        Directory.Delete(sandbox.Dropped);
        Directory.Delete(sandbox.Shipped);
        await sandbox.LoadAsync();
        Assert.IsEmpty(sandbox.Complaints);
    }

    /// <summary>A good plugin beside it must keep working.</summary>
    private static async Task RefusesAsync(Action<PluginSandbox> drop, string id, string reason)
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Drop("WordsTwo");
        drop(sandbox);
        await sandbox.LoadAsync();
        var refused = sandbox.Plugins.Single(p => p.State == "faulted");
        Assert.AreEqual(id, refused.Id);
        Assert.AreEqual(reason, refused.Note);
        Assert.Contains($"Plugin {id} from ", sandbox.Complaints.Single());
        Assert.EndsWith(reason, sandbox.Complaints.Single());
        Assert.AreEqual("two", await sandbox.RunAsync("palavra-two"));
    }

    private static byte[] NativeLibrary() =>
        File.ReadAllBytes(Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!)
            .First(f => Path.GetFileNameWithoutExtension(f) is "libclrjit" or "clrjit"));
}
