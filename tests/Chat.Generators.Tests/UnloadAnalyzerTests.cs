using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Tests;

/// <summary>Calls that keep a plugin in memory are reported.</summary>
[TestClass]
public sealed class UnloadAnalyzerTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("System.Text.Json.JsonSerializer.Serialize(1);", true)]
    [DataRow("System.Text.Json.JsonSerializer.Deserialize<int>(\"1\");", true)]
    [DataRow("System.Text.Json.JsonSerializer.Serialize(1, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<int>)null!);", false)]
    [DataRow("Func<string, System.Text.Json.JsonSerializerOptions?, int> read = System.Text.Json.JsonSerializer.Deserialize<int>;", true)]
    [DataRow("System.Net.Http.Json.HttpClientJsonExtensions.GetFromJsonAsync<int>(null!, \"\");", true)]
    [DataRow("System.ComponentModel.TypeDescriptor.GetConverter(typeof(int));", true)]
    [DataRow("System.ComponentModel.DataAnnotations.Validator.ValidateObject(1, null!);", true)]
    [DataRow("System.Reflection.DispatchProxy.Create<IDisposable, System.Reflection.DispatchProxy>();", true)]
    [DataRow("new System.Xml.Serialization.XmlSerializer(typeof(int));", true)]
    [DataRow("AppDomain.CurrentDomain.ProcessExit += (_, _) => { };", true)]
    [DataRow("EventHandler end = (_, _) => { }; AppDomain.CurrentDomain.ProcessExit -= end;", false)]
    [DataRow("Console.CancelKeyPress += (_, _) => { };", true)]
    [DataRow("dynamic x = 1; x.Foo(2).Bar();", true)]
    [DataRow("Microsoft.Extensions.Configuration.ConfigurationBinder.Get<int>(null!);", true)]
    [DataRow("Microsoft.Extensions.DependencyInjection.HttpClientFactoryServiceCollectionExtensions.AddHttpClient(null!);", true)]
    [DataRow("using var timer = new System.Threading.Timer(_ => { });", false)]
    public async Task AHarmfulCallIsReportedOnce(string statement, bool isReported)
    {
        var found = await Analysis.RunAsync(Snippet.Commands($"public static void Run() {{ {statement} }}"), TestContext.CancellationToken);
        Assert.HasCount(isReported ? 1 : 0, found, string.Join('\n', found));
        Assert.IsTrue(found.All(f => f.StartsWith("CHAT014", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task BindingIsNotReportedWithTheBindingGenerator()
    {
        var source = Snippet.Commands(
            "public static void Run() => Microsoft.Extensions.Configuration.ConfigurationBinder.Get<int>(null!);");
        Assert.IsEmpty(await Analysis.RunAsync(source, TestContext.CancellationToken, "EnableConfigurationBindingGenerator"));
    }

    [TestMethod]
    public void EveryListedMemberExists()
    {
        var compilation = Snippet.Compile("");
        var wrong = PinnedList.Ids.Where(
            id =>
                !id.Contains("Newtonsoft", StringComparison.Ordinal)
                    && DocumentationCommentId.GetSymbolsForDeclarationId(id, compilation).IsEmpty);
        Assert.AreEqual("", string.Join('\n', wrong));
    }
}
