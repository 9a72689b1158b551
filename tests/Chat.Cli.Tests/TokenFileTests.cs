using Chat.Client.Programs;

namespace Chat.Cli.Tests;

[TestClass]
public sealed class TokenFileTests
{
    [TestMethod]
    public void TokenFileIsPrivateAndLocked()
    {
        var folder = Directory.CreateTempSubdirectory("chat-test-");
        try
        {
            var file = TokenFile.Open(Path.Combine(folder.FullName, "chat"), DaemonAddress.Default, "Ana");
            file!.Write("t");
            var path = folder.GetFiles("*", SearchOption.AllDirectories).Single();
            if (!OperatingSystem.IsWindows()) Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, path.UnixFileMode);
            Assert.AreEqual("t", file.Read());
            Assert.IsNull(TokenFile.Open(Path.Combine(folder.FullName, "chat"), DaemonAddress.Default, "ana"));
            file.Clear();
            file.Dispose();
            Assert.AreEqual(0, folder.GetFiles("*", SearchOption.AllDirectories).Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
