using System.Diagnostics;
using System.Globalization;

namespace Chat.LoadTest.Tests;

/// <summary>Ctrl-C while a run with a temporary daemon starts.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class InterruptTests
{
    private const int Workers = 12;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [TestMethod]
    [DataRow(1, DisplayName = "while the daemon starts")]
    [DataRow(2, DisplayName = "while the first worker starts")]
    [DataRow(Workers, DisplayName = "while the last worker but one starts")]
    [DataRow(Workers + 1, DisplayName = "while the users join")]
    public async Task NothingIsLeftBehind(int children)
    {
        var temporary = Directory.CreateTempSubdirectory("chat-test-");
        var seen = new HashSet<int>();
        try
        {
            var run = await LoadProcess.RunAsync(
                temporary.FullName,
                async process =>
                {
                    await ChildrenAsync(process, children, seen);
                    Process.Start("kill", ["-INT", $"{process}"])!.Dispose();
                },
                ["--users", "24", "--rooms", "2", "--workers", $"{Workers}", "--seconds", "60", "--json"]);
            Assert.AreEqual(1, run.Status, run.Output + run.Errors);
            Assert.IsFalse(run.Errors.Contains("Exception", StringComparison.Ordinal), run.Errors);
            Assert.IsEmpty(seen.Where(child => Directory.Exists($"/proc/{child}")));
            Assert.IsEmpty(temporary.GetFileSystemInfos("chat-load-*"));
        }
        finally
        {
            foreach (var left in seen.Where(child => Directory.Exists($"/proc/{child}"))) Process.GetProcessById(left).Kill();
            temporary.Delete(recursive: true);
        }
    }

    /// <summary>Returns when the process has started <paramref name="count"/> children.</summary>
    private static async Task ChildrenAsync(int process, int count, HashSet<int> seen)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (seen.Count < count)
        {
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
            {
                var children = await ReadAsync(Path.Combine(thread, "children")) ?? "";
                seen.UnionWith(children.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(child => int.Parse(child, CultureInfo.InvariantCulture)));
            }
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>Null if the thread has ended.</summary>
    private static async Task<string?> ReadAsync(string file)
    {
        try
        {
            return await File.ReadAllTextAsync(file);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
