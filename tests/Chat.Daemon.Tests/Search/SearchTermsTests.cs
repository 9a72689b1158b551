using Chat.Daemon.Search;

namespace Chat.Daemon.Tests.Search;

[TestClass]
public sealed class SearchTermsTests
{
    [TestMethod]
    [DataRow("café", "cafe")]
    [DataRow("Café* com leite", "cafe* com leite")]
    [DataRow("um um UM", "um")]
    [DataRow("caf* é*a", "caf* e* a")]
    [DataRow("a * b**", "a b*")]
    [DataRow("a-b*", "a b*")]
    [DataRow("\"x\" AND NEAR(y) OR z^", "x and near y or z")]
    [DataRow("1 2 3 4 5 6 7 8 9 10 10 1", "1 2 3 4 5 6 7 8 9 10")]
    public void AreTheWordsAndPrefixesOfAText(string text, string terms) => Assert.AreEqual(
        terms, string.Join(' ', SearchTerms.Parse(text)!.All.Select(term => term.Word + (term.IsPrefix ? "*" : ""))));

    [TestMethod]
    [DataRow("")]
    [DataRow(" .,* ** ")]
    [DataRow("👍")]
    [DataRow("1 2 3 4 5 6 7 8 9 10 11")]
    public void ThereAreOneToTen(string text) => Assert.IsNull(SearchTerms.Parse(text));

    [TestMethod]
    [DataRow("cafe com leite", "leite café", true)]
    [DataRow("cafe com leite", "caf*", true)]
    [DataRow("cafe com leite", "caf", false)]
    [DataRow("cafe com leite", "cafeteria*", false)]
    [DataRow("cafe com leite", "leite chá", false)]
    [DataRow("", "a*", false)]
    public void AreFoundInWords(string words, string text, bool found) => Assert.AreEqual(found, SearchTerms.Parse(text)!.AreIn(words));
}
