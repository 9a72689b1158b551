using System.Runtime.Versioning;

namespace Chat.Plugins.Tests;

/// <summary>Files that are not taken: one clear line each, and the daemon and the other plugins go on.</summary>
[TestClass]
public sealed class BadFileTests
{
    [TestMethod]
    [DataRow("Tomorrow", "tomorrow", "It was compiled against contract level 2; this daemon knows levels up to 1: update the daemon, or take an older version of the plugin.")]
    [DataRow("Yesterday", "yesterday", "It was compiled against contract level 0; this daemon knows levels from 1 on: take a newer version of the plugin.")]
    [DataRow("Entryless", "entryless", "It has no entry: a public class that is not abstract, has a constructor without parameters and implements IChatPlugin.")]
    [DataRow("TwoEntries", "two-entries", "It has 2 entries, and must have one: Fixtures.First, Fixtures.Second all implement IChatPlugin.")]
    [DataRow("Unmarked", "Unmarked", "It is no plugin: it lacks [assembly: ChatPlugin(Id = \"…\")].")]
    [DataRow("BrokenGreeter", "greeter", "It threw InvalidOperationException while starting: no greeting\\u000Afound")]
    [DataRow("Sloppy", "sloppy", "Command errado: Only the last parameter can take the rest of the line.")]
    public async Task AFixtureIsRefused(string fixture, string id, string reason) =>
        await RefusesAsync(ground => ground.Drop(fixture), id, reason);

    [TestMethod]
    public async Task JunkIsRefused() =>
        await RefusesAsync(ground => ground.DropFile("Junk.dll", "junk"u8.ToArray()), "Junk", "Junk.dll is not a .NET assembly, but a native library or no library at all.");

    [TestMethod]
    public async Task AnEmptyFileIsRefused() =>
        await RefusesAsync(ground => ground.DropFile("Void.dll", []), "Void", "Void.dll is not a .NET assembly, but a native library or no library at all.");

    [TestMethod]
    public async Task ANativeLibraryIsRefused() =>
        await RefusesAsync(ground => ground.DropFile("Native.dll", NativeLibrary()), "Native", "Native.dll is not a .NET assembly, but a native library or no library at all.");

    [TestMethod]
    [DataRow(0.95)]
    [DataRow(0.5)]
    [DataRow(0.03)]
    public async Task HalfADllIsRefused(double part)
    {
        var whole = File.ReadAllBytes(Ground.Fixture("Greeter"));
        await RefusesAsync(ground => ground.DropFile("Half.dll", whole[..(int)(whole.Length * part)]), "Half", "Half.dll is only a part of a DLL, or damaged: copy it again.");
    }

    [TestMethod]
    [DataRow(-3, 0)]
    [DataRow(-30, 1)]
    [DataRow(3, 1)]
    public async Task WhatMayBeOnItsWayWhileTheDaemonStartsIsGivenTime(int writtenAt, int complaints)
    {
        var whole = File.ReadAllBytes(Ground.Fixture("Greeter"));
        await using var ground = new Ground();
        ground.DropFile("Half.dll", whole[..(whole.Length / 2)]);
        File.SetLastWriteTimeUtc(Path.Combine(ground.Dropped, "Half.dll"), ground.Time.GetUtcNow().UtcDateTime.AddSeconds(writtenAt));
        await ground.LoadAsync();
        Assert.HasCount(complaints, ground.Complaints);
        ground.DropFile("Half.dll", whole);
        await ground.SettleAsync();
        Assert.AreEqual("greeter 1.2 active", ground.States);
    }

    [TestMethod]
    public async Task HalfADependencyIsRefused() => await RefusesAsync(ground =>
    {
        var lexicon = Path.Combine(Path.GetDirectoryName(ground.Drop("WordsOne"))!, "Lexicon.dll");
        using var file = File.OpenWrite(lexicon);
        file.SetLength(file.Length / 2);
    }, "words-one", "Lexicon.dll is only a part of a DLL, or damaged: copy it again.");

    [TestMethod]
    public async Task AMissingDependencyIsNamed() => await RefusesAsync(
        ground => File.Delete(Path.Combine(Path.GetDirectoryName(ground.Drop("WordsOne"))!, "Lexicon.dll")),
        "words-one", "It needs Lexicon 1.0.0.0, which does not lie beside it: copy all of the plugin's build output into a folder WordsOne.");

    [TestMethod]
    public async Task ASharedDependencyNewerThanTheDaemonsIsNamed() => await RefusesAsync(
        ground => Patch.ReferenceVersion(ground.Drop("Rival"), "Chat.Abstractions", 99),
        "rival", "Rival needs Chat.Abstractions 99.0.0.0; this daemon has 0.0.0.0: update the daemon, or take an older version of the plugin.");

    [TestMethod]
    public async Task AContainerThatCannotBeBuiltIsRefused()
    {
        await using var ground = new Ground();
        ground.Drop("Needy");
        await ground.LoadAsync();
        Assert.Contains("Its container can't be built: ", ground.Complaints.Single());
        Assert.Contains("IFulfilled", ground.Complaints.Single());
    }

    [TestMethod]
    public async Task APluginThatHangsIsLeftBehind()
    {
        await using var ground = new Ground(TimeSpan.FromSeconds(1));
        ground.Drop("Hanger");
        await ground.LoadAsync();
        Assert.AreEqual("It has not started within 1 s; what hangs goes on hanging until the daemon ends.", ground.Plugins.Single().Note);
        Assert.HasCount(1, ground.Complaints);
    }

    [TestMethod]
    public async Task AFolderWithoutItsDllIsRefused() => await RefusesAsync(ground =>
    {
        var dropped = ground.Drop("Greeter", "Other");
        File.Move(dropped, Path.Combine(Path.GetDirectoryName(dropped)!, "Strange.dll"));
    }, "Other", "There is no Other.dll: a plugin's folder has the name of its DLL.");

    [TestMethod, OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
    public async Task AFileThatCannotBeReadIsRefused()
    {
        if (Environment.IsPrivilegedProcess) Assert.Inconclusive("Whoever may do anything can read any file.");
        await using var ground = new Ground();
        File.SetUnixFileMode(ground.Drop("Greeter"), UnixFileMode.None);
        await ground.LoadAsync();
        Assert.Contains("It can't be read and copied to ", ground.Complaints.Single());
    }

    [TestMethod, OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
    public async Task ADanglingLinkIsRefused()
    {
        await using var ground = new Ground();
        File.CreateSymbolicLink(Path.Combine(ground.Dropped, "Link.dll"), "/nowhere/Link.dll");
        await ground.LoadAsync();
        Assert.HasCount(1, ground.Complaints);
        Assert.EndsWith("Link.dll is a link to nothing.", ground.Plugins.Single().Note);
    }

    [TestMethod, OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
    public async Task AFolderThatEverybodyMayWriteToIsNotUsed()
    {
        await using var ground = new Ground();
        ground.Drop("Greeter");
        File.SetUnixFileMode(ground.Dropped, File.GetUnixFileMode(ground.Dropped) | UnixFileMode.OtherWrite);
        await ground.LoadAsync();
        Assert.IsEmpty(ground.Plugins);
        Assert.AreEqual($"Folder of plugins {ground.Dropped} is not used. Everybody may write to {ground.Dropped}, and what lies there would run as the daemon: chmod o-w it first.", ground.Complaints.Single());
    }

    [TestMethod, OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
    public async Task AFolderInsideThatEverybodyMayWriteToIsRefused()
    {
        await using var ground = new Ground();
        var inside = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(ground.Drop("Greeter"))!, "runtimes", "linux")).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(inside, "linux", "library.txt"), "");
        File.SetUnixFileMode(inside, File.GetUnixFileMode(inside) | UnixFileMode.OtherWrite);
        await ground.LoadAsync();
        Assert.Contains($"Everybody may write to {inside}, ", ground.Complaints.Single());
    }

    [TestMethod]
    public async Task WhatLiesTooDeepIsNotLeftOutSilently()
    {
        await using var ground = new Ground();
        var deepest = string.Join(Path.DirectorySeparatorChar, Enumerable.Repeat("x", 8));
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(ground.Drop("Greeter"))!, deepest)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "deep.txt"), "");
        await ground.LoadAsync();
        Assert.AreEqual("greeter 1.2 active", ground.States);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "y")).FullName, "deeper.txt"), "");
        await ground.SettleAsync();
        await ground.PassAsync(Ground.Quick.Patience);
        Assert.Contains("lies deeper than 8 folders", ground.Complaints.Single());
    }

    [TestMethod, OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
    public async Task AFileThatEverybodyMayWriteToIsRefused()
    {
        await using var ground = new Ground();
        var dropped = ground.Drop("Greeter");
        File.SetUnixFileMode(dropped, File.GetUnixFileMode(dropped) | UnixFileMode.OtherWrite);
        await ground.LoadAsync();
        Assert.Contains($"Everybody may write to {dropped}", ground.Complaints.Single());
    }

    [TestMethod]
    public async Task AFolderThatIsNotThereIsNoMistake()
    {
        await using var ground = new Ground();
        Directory.Delete(ground.Dropped);
        Directory.Delete(ground.Shipped);
        await ground.LoadAsync();
        Assert.IsEmpty(ground.Complaints);
    }

    /// <summary>Beside a plugin with which all is well.</summary>
    private static async Task RefusesAsync(Action<Ground> drop, string id, string reason)
    {
        await using var ground = new Ground();
        ground.Drop("WordsTwo");
        drop(ground);
        await ground.LoadAsync();
        var refused = ground.Plugins.Single(p => p.State == "faulted");
        Assert.AreEqual(id, refused.Id);
        Assert.AreEqual(reason, refused.Note);
        Assert.Contains($"Plugin {id} from ", ground.Complaints.Single());
        Assert.EndsWith(reason, ground.Complaints.Single());
        Assert.AreEqual("two", await ground.RunAsync("palavra-two"));
    }

    private static byte[] NativeLibrary() =>
        File.ReadAllBytes(Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!).First(f => Path.GetFileNameWithoutExtension(f) is "libclrjit" or "clrjit"));
}
