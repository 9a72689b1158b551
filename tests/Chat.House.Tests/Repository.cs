namespace Chat.House.Tests;

/// <summary>The files of this repository, without build output and what a running daemon leaves.</summary>
internal static class Repository
{
    private static readonly string[] Skipped = [".git", ".vs", ".idea", "bin", "obj", "TestResults", "artifacts", "node_modules"];
    private static readonly string[] SkippedAtRoot = ["data", "logs", "Chat.Daemon/data", "Chat.Daemon/logs"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files { get; } =
        [.. Walk(new DirectoryInfo(Root)).OrderBy(file => file.Path, StringComparer.Ordinal)];

    public static IEnumerable<SourceFile> Code => Files.Where(file => file.Extension == ".cs");

    /// <summary>All code except the tests.</summary>
    public static IEnumerable<SourceFile> Product => Code.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal));

    /// <summary>Fails with the rule and every place that breaks it.</summary>
    public static void AssertNone(this IEnumerable<string> violations, string rule)
    {
        var all = violations.ToList();
        if (all.Count > 0) Assert.Fail($"{rule}\n{string.Join('\n', all)}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Chat.sln"))) return folder.FullName;
        throw new InvalidOperationException("No Chat.sln in any folder above the test's. Run the tests from within the repository.");
    }

    private static IEnumerable<SourceFile> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
            if (file.Name != ".git") yield return new SourceFile(Relative(file), file.FullName);
        foreach (var inner in folder.EnumerateDirectories())
        {
            if (Skipped.Contains(inner.Name) || SkippedAtRoot.Contains(Relative(inner)) || inner.LinkTarget is not null) continue;
            foreach (var file in Walk(inner)) yield return file;
        }
    }

    private static string Relative(FileSystemInfo entry) => Path.GetRelativePath(Root, entry.FullName).Replace('\\', '/');
}
