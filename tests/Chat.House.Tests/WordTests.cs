namespace Chat.House.Tests;

/// <summary>Names of types, code files and folders use the field's words, and avoid words that could mean anything.</summary>
[TestClass]
public sealed class WordTests
{
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        // These fit any class, so they tell nothing about one.
        "Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service", "Services", "Common", "Misc",
        "Base", "Impl", "Data", "Info", "Infos", "Item", "Items", "Core", "Shared", "Infrastructure", "Extensions", "Models", "Interfaces",
        // The field has a better word for each of these.
        "Desk", "Desks", "Peer", "Peers", "Person", "Persons", "Belongings", "Departures", "Sight", "Bell", "Surroundings", "Remains",
        "Attendance",
    };

    private static readonly string Rule = $"Choose another name; these use one of {string.Join(", ", Forbidden)}:";

    [TestMethod]
    public void TypesAvoidForbiddenWords() => Repository.Code
        .SelectMany(file => CodeText.TypesIn(file.Code).Where(IsForbidden).Select(type => new Violation(type, $"{file.Path}: {type}")))
        .AssertAllowed("TypeNames.txt", Rule);

    [TestMethod]
    public void FilesAvoidForbiddenWords() => Repository.Code
        .Where(file => IsForbidden(Path.GetFileNameWithoutExtension(file.Name)))
        .Select(file => new Violation(file.Name, file.Path))
        .AssertAllowed("FileNames.txt", Rule);

    [TestMethod]
    public void FoldersAvoidForbiddenWords() => Repository.Code
        .SelectMany(file => file.Path.Split('/')[..^1].Where(IsForbidden).Select(folder => new Violation(folder, file.Path)))
        .AssertAllowed("FolderNames.txt", Rule);

    private static bool IsForbidden(string name) => CodeText.WordsOf(name).Any(Forbidden.Contains);
}
