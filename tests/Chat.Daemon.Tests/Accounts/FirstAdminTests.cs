using Chat.Daemon.Tests.Commands;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Accounts;

/// <summary>The account that the daemon creates at its first start.</summary>
[TestClass]
public sealed class FirstAdminTests
{
    [TestMethod]
    public async Task WithoutASettingThePasswordIsInAFileUntilTheFirstLogin()
    {
        using var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null, ("Chat:Admin:Password", ""));
        var file = Path.Combine(users.Daemon.Folder, "data", "first-admin-password");
        if (!OperatingSystem.IsWindows()) Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var password = (await File.ReadAllTextAsync(file)).TrimEnd('\n');
        Assert.AreEqual(16, password.Length);
        Assert.IsTrue(log.Lines.Any(l => l.Contains(file, StringComparison.Ordinal)));
        Assert.IsFalse(log.Lines.Any(l => l.Contains(password, StringComparison.Ordinal)));

        await users.Daemon.RestartAsync();
        Assert.AreEqual("password_required", await users.TryLoginAsync("admin"));
        Assert.AreEqual("wrong_password", await users.TryLoginAsync("admin", "admin"));
        Assert.IsTrue(File.Exists(file), "A login that failed is none.");
        Assert.AreEqual("welcome", await users.TryLoginAsync("admin", password));
        Assert.IsFalse(File.Exists(file));
        await users.Daemon.RestartAsync();
        Assert.IsFalse(File.Exists(file));
        Assert.AreEqual("welcome", await users.TryLoginAsync("admin", password));
    }

    [TestMethod]
    public async Task AConfiguredPasswordIsUsedOnceAndADifferentOneOnlyWarns()
    {
        using var log = new CapturedLog();
        using var data = new CommandLine.ScratchFolder();
        await using (var users = await TestUsers.StartAsync(
            log, null, ("Chat:Data:Folder", data.Path), ("Chat:Admin:Password", "a primeira")))
        {
            Assert.AreEqual("welcome", await users.TryLoginAsync("admin", "a primeira"));
            Assert.IsFalse(File.Exists(data["first-admin-password"]));
            await users.Daemon.RestartAsync();
        }
        Assert.IsFalse(log.Lines.Any(Warns), "It is the same.");

        await using (var users = await TestUsers.StartAsync(
            log, null, ("Chat:Data:Folder", data.Path), ("Chat:Admin:Password", "a segunda")))
        {
            Assert.AreEqual("wrong_password", await users.TryLoginAsync("admin", "a segunda"));
            Assert.AreEqual("welcome", await users.TryLoginAsync("admin", "a primeira"));
        }
        Assert.HasCount(1, log.Lines.Where(Warns));
        Assert.IsFalse(log.Lines.Any(l => l.Contains("a segunda", StringComparison.Ordinal)));
    }

    private static bool Warns(string line) =>
        line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("Chat:Admin:Password", StringComparison.Ordinal);
}
