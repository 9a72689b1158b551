namespace Chat.House.Tests;

/// <summary>Words that say nothing are in no name of a type, a file of code, or a folder.</summary>
[TestClass]
public sealed class WordTests
{
    private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service", "Services", "Common", "Misc", "Base",
        "Impl", "Data", "Info", "Infos", "Item", "Items", "Core", "Shared", "Infrastructure", "Extensions", "Models", "Interfaces",
    };

    [TestMethod]
    public void TypesSayWhatTheyAre() => Repository.Code.SelectMany(f => CodeText.TypesIn(f.Code).Where(SaysNothing).Select(t => $"{f.Path}: {t}"))
        .AssertNone($"Not in a type's name: {string.Join(", ", Empty)}.");

    [TestMethod]
    public void FilesSayWhatTheyHold() => Repository.Code.Where(f => SaysNothing(Path.GetFileNameWithoutExtension(f.Name))).Select(f => f.Path)
        .AssertNone($"Not in a file's name: {string.Join(", ", Empty)}.");

    [TestMethod]
    public void FoldersSayWhatTheyHold() => Repository.Code.SelectMany(f => f.Path.Split('/')[..^1]).Distinct().Where(SaysNothing)
        .AssertNone($"Not in a folder's name: {string.Join(", ", Empty)}.");

    private static bool SaysNothing(string name) => CodeText.WordsOf(name).Any(Empty.Contains);
}
