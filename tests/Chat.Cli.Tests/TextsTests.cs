
namespace Chat.Cli.Tests;

[TestClass]
public sealed class TextsTests
{
    [TestMethod]
    public void BothLanguagesSayTheSameThings() =>
        CollectionAssert.AreEquivalent(new CliTexts("pt-BR").Keys.ToArray(), new CliTexts("en").Keys.ToArray());

    [TestMethod]
    public void EachTextHasItsMember() => CollectionAssert.IsSubsetOf(
        new CliTexts("en").Keys.ToArray(), typeof(CliTexts).GetMembers().Select(m => m.Name).ToArray());
}
