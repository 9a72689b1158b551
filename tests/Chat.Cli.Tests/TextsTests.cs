
namespace Chat.Cli.Tests;

[TestClass]
public sealed class TextsTests
{
    [TestMethod]
    public void LanguagesHaveTheSameKeys() =>
        CollectionAssert.AreEquivalent(new CliTexts("pt-BR").Keys.ToArray(), new CliTexts("en").Keys.ToArray());

    [TestMethod]
    public void EachTextHasAMember() => CollectionAssert.IsSubsetOf(
        new CliTexts("en").Keys.ToArray(), typeof(CliTexts).GetMembers().Select(m => m.Name).ToArray());
}
