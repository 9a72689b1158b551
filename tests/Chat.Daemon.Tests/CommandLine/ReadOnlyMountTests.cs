using System.ComponentModel;
using System.Runtime.Versioning;
using Chat.Daemon.Tests.Commands;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary>Folders on a file system that is mounted read-only, where not even root may write.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux), SupportedOSPlatform("linux")]
public sealed class ReadOnlyMountTests
{
    private static readonly string[] FreePorts = ["--listen", "127.0.0.1:0", "--http", "off"];

    [TestMethod]
    [DataRow("en", "is mounted read-only: mount it writable, or use another folder (Chat:Data:Folder).")]
    [DataRow("pt-BR", "está montada só para leitura: monte-a com permissão de escrita ou use outra pasta (Chat:Data:Folder).")]
    public async Task ADataFolderIsRefusedAndTheSentenceSaysWhatToDo(string language, string advice)
    {
        using var folder = new ScratchFolder();
        await SkipUnlessMountsWorkAsync(folder);
        var data = Directory.CreateDirectory(folder["data"]).FullName;
        string[] options = ["--data", data, "--lang", language];

        var (status, output, error) = await RunAsync(folder, data, [.. FreePorts, .. options]);
        Assert.AreEqual((4, ""), (status, output));
        StringAssert.EndsWith(error, $"{data} {advice}\n");

        (status, output, _) = await RunAsync(folder, data, ["check", .. FreePorts, .. options]);
        Assert.AreEqual(4, status);
        StringAssert.Contains(output, advice);
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(data));
    }

    [TestMethod]
    public async Task WhatOnlyReadsWorksAndWhatWritesIsRefused()
    {
        using var folder = new ScratchFolder();
        await SkipUnlessMountsWorkAsync(folder);
        var data = folder["data"];
        using (var first = ChatdProcess.Start(folder.Path, [.. FreePorts, "--data", data]))
        {
            await first.PortAsync("tcp");
            Assert.AreEqual(0, (await first.StopAsync()).Status);
        }

        Assert.AreEqual(0, (await RunAsync(folder, data, ["backup", folder["copy.db"], "--data", data])).Status);
        Assert.AreEqual(0, (await RunAsync(folder, data, ["account", "export", "admin", folder["admin.jsonl"], "--data", data])).Status);
        var (status, output, error) = await RunAsync(folder, data, ["admin", "reset", "--data", data]);
        Assert.AreEqual((4, ""), (status, output));
        Assert.AreEqual($"The data folder {data} is mounted read-only: mount it writable, or choose another folder with --data.\n", error);
    }

    [TestMethod]
    public async Task PluginsAreLoadedFromOne()
    {
        using var folder = new ScratchFolder();
        await SkipUnlessMountsWorkAsync(folder);
        var plugins = Directory.CreateDirectory(folder["Plugins"]).FullName;
        TestUsers.Drop("Dice", plugins);

        using var chatd = ChatdProcess.Start(
            folder.Path, ReadOnly(plugins, [.. FreePorts, "--plugins", plugins]), through: "unshare");
        await chatd.PortAsync("tcp");
        var (status, error) = await chatd.StopAsync();

        Assert.AreEqual((0, ""), (status, error));
        StringAssert.Contains(await File.ReadAllTextAsync(folder["logs/server.log"]), "Plugin dice");
    }

    private static Task<(int Status, string Output, string Error)> RunAsync(
        ScratchFolder folder, string mounted, IEnumerable<string> arguments) =>
        ChatdProcess.RunAsync(folder.Path, ReadOnly(mounted, arguments), through: "unshare");

    /// <summary>In a mount namespace of its own, so that nobody else sees the mount, and nothing needs to be undone.</summary>
    private static IEnumerable<string> ReadOnly(string mounted, IEnumerable<string> arguments) =>
    [
        "-rm", "/bin/sh", "-c", "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"", mounted,
        ChatdProcess.Program, .. arguments,
    ];

    private static async Task SkipUnlessMountsWorkAsync(ScratchFolder folder)
    {
        const string reason = "This system does not let tests mount folders.";
        var tried = Directory.CreateDirectory(folder["tried"]).FullName;
        try
        {
            if ((await RunAsync(folder, tried, ["--version"])).Status != 0) Assert.Inconclusive(reason);
        }
        catch (Win32Exception)
        {
            Assert.Inconclusive(reason); // it has no unshare
        }
    }
}
