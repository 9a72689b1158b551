using System.Text;
using CrashChecker.Power;

namespace Chat.Crash.Tests;

/// <summary>What a power loss may leave of a trace of calls.</summary>
[TestClass]
public sealed class DiskTests
{
    private const string Folder = "/data", Name = "/data/a";

    [TestMethod]
    public void WhatIsSyncedStays() => Assert.AreEqual(
        "abc", OnlySure(Create(), Write(0, "abc"), Sync(), SyncFolder()));

    [TestMethod]
    public void WhatIsNotSyncedMayBeMissing() => Assert.AreEqual(
        "abc", OnlySure(Create(), Write(0, "abc"), Sync(), SyncFolder(), Write(1, "X"), Write(3, "def")));

    [TestMethod]
    public void AFileWhoseFolderIsNotSyncedMayBeMissing() => Assert.AreEqual(
        "nothing", OnlySure(Create(), Write(0, "abc"), Sync()));

    [TestMethod]
    public void ADeletionMayBeUndone() => Assert.AreEqual(
        "abc", OnlySure(Create(), Write(0, "abc"), Sync(), SyncFolder(), Of(RecordKind.Unlinked)));

    [TestMethod]
    public void ADeletionStaysOnceTheFolderIsSynced() => Assert.AreEqual(
        "nothing", OnlySure(Create(), Write(0, "abc"), Sync(), SyncFolder(), Of(RecordKind.Unlinked), SyncFolder()));

    [TestMethod]
    public void AnEmptyingMayBeUndone() => Assert.AreEqual(
        "abc", OnlySure(Create(), Write(0, "abc"), Sync(), SyncFolder(), Of(RecordKind.Truncated)));

    [TestMethod]
    public void TheDaemonSeesEverything()
    {
        var disk = After(Create(), Write(0, "abc"), Write(5, "f"), Of(RecordKind.Truncated) with { Offset = 2 }, Write(3, "d"));

        Assert.AreEqual("ab\0d", Encoding.ASCII.GetString(disk.Current[Name]));
    }

    [TestMethod]
    public void WritesBeforeAFailedSyncMayBeMissingForever() => Assert.AreEqual(
        "abc", OnlySure(Create(), Write(0, "abc"), Sync(), SyncFolder(), Write(0, "X"), Sync() with { Result = -1 }, Sync()));

    [TestMethod]
    public void APageWrittenAgainAfterAFailedSyncIsSynced() => Assert.AreEqual(
        "XbY", OnlySure(
            Create(), Write(0, "abc"), Sync(), SyncFolder(), Write(0, "X"), Sync() with { Result = -1 }, Write(2, "Y"), Sync()));

    [TestMethod]
    public void ARenamedFolderKeepsItsFiles()
    {
        var disk = After(Create(), Write(0, "abc"), Sync(), SyncFolder(), Of(RecordKind.Renamed) with { Name = $"{Folder}\0/other" });

        Assert.AreEqual("/other/a", disk.AfterPowerLoss(null).Keys.Single());
        Assert.AreEqual("abc", Encoding.ASCII.GetString(disk.Current["/other/a"]));
    }

    [TestMethod]
    public void LossesLeaveEveryCombination()
    {
        TraceRecord[] calls = [Create(), Write(0, "abc"), Sync(), SyncFolder(), Write(0, "A"), Write(1, "B"), Write(2, "C")];
        var left = Enumerable.Range(0, 1_000)
            .Select(seed => Encoding.ASCII.GetString(After(calls).AfterPowerLoss(new Random(seed))[Name])).Distinct().Order();

        Assert.AreEqual("ABC, ABc, AbC, Abc, aBC, aBc, abC, abc", string.Join(", ", left.Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public void ALongWriteIsTornAtSectors()
    {
        TraceRecord[] calls = [Create(), Write(0, new string('a', 1024)), Sync(), SyncFolder(), Write(0, new string('b', 1024))];
        var left = Enumerable.Range(0, 1_000).Select(seed => After(calls).AfterPowerLoss(new Random(seed))[Name])
            .Select(file => $"{(char)file[0]}{(char)file[511]}{(char)file[512]}{(char)file[1023]}").Distinct();

        Assert.AreEqual("aaaa, aabb, bbaa, bbbb", string.Join(", ", left.Order(StringComparer.Ordinal)));
    }

    private static string OnlySure(params TraceRecord[] calls) =>
        After(calls).AfterPowerLoss(null).TryGetValue(Name, out var file) ? Encoding.ASCII.GetString(file) : "nothing";

    private static Disk After(params TraceRecord[] calls)
    {
        var disk = new Disk("", "");
        disk.Apply(new(RecordKind.Opened, 9, 0, 0, 0, 9, Folder, default));
        foreach (var call in calls) disk.Apply(call);
        return disk;
    }

    private static TraceRecord Of(RecordKind kind) => new(kind, 3, 0, 0, 0, 0, Name, default);

    private static TraceRecord Create() => Of(RecordKind.Opened) with { Offset = 1 };

    private static TraceRecord Write(long offset, string text) =>
        Of(RecordKind.Wrote) with { Offset = offset, Data = Encoding.ASCII.GetBytes(text) };

    private static TraceRecord Sync() => Of(RecordKind.Synced);

    private static TraceRecord SyncFolder() => Sync() with { Descriptor = 9 };
}
