using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>docs/security.md names a test for each of its rules.</summary>
[TestClass]
public sealed partial class SecurityDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    [TestMethod]
    public void ItsTestsExist()
    {
        var tests = Repository.Code.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal)).SelectMany(
            file => TestClass().Matches(file.Code).SelectMany(name => TestMethod().Matches(file.Code).Select(
                method => $"{name.Groups[1].Value}.{method.Groups[1].Value}"))).ToHashSet();
        TestName().Matches(Document).Select(match => match.Groups[1].Value).Where(name => !tests.Contains(name))
            .AssertNone("docs/security.md names tests that do not exist:");
    }

    [TestMethod]
    public void EachRuleNamesATest() => Document.Split('\n')
        .SkipWhile(line => !line.StartsWith("## Getting in", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| threat", StringComparison.Ordinal))
        .Where(line => !TestName().IsMatch(line))
        .AssertNone("Each rule of docs/security.md names a test that shows it:");

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\bclass\s+(\w+Tests)\b")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"\bpublic\s+(?:static\s+)?(?:async\s+)?(?:Task|void)\s+(\w+)\s*\(")]
    private static partial Regex TestMethod();
}
