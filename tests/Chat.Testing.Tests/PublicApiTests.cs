using PublicApiGenerator;

namespace Chat.Testing.Tests;

/// <summary>Others build on what is public here: it changes only knowingly.</summary>
[TestClass]
public sealed class PublicApiTests
{
    [TestMethod]
    public void IsWhatTheSnapshotSays()
    {
        var actual = typeof(ChatTest).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var snapshot = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt")).ReplaceLineEndings("\n");
        if (actual == snapshot) return;
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        File.WriteAllText(received, actual);
        Assert.Fail($"The public surface of Chat.Testing has changed. If that is meant: cp '{received}' tests/Chat.Testing.Tests/PublicApi.txt");
    }
}
