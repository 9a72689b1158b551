using PublicApiGenerator;

namespace Chat.Protocol.Tests;

/// <summary>Others depend on the public API, so a change must update the snapshot.</summary>
[TestClass]
public sealed class PublicApiTests
{
    [TestMethod]
    public void MatchesTheSnapshot()
    {
        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false };
        var actual = typeof(FrameReader).Assembly.GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        var snapshot = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt")).ReplaceLineEndings("\n");
        if (actual == snapshot) return;
        File.WriteAllText(received, actual);
        var (before, after) = (snapshot.Split('\n'), actual.Split('\n'));
        Assert.Fail($"""
            The public surface of Chat.Protocol has changed.
            Gone:
            {string.Join('\n', before.Except(after))}
            New:
            {string.Join('\n', after.Except(before))}
            If that is meant, accept it: cp '{received}' tests/Chat.Protocol.Tests/PublicApi.txt
            """);
    }
}
