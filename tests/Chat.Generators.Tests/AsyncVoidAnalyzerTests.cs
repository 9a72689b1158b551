namespace Chat.Generators.Tests;

/// <summary>Nothing in a plugin is <c>async void</c>.</summary>
[TestClass]
public sealed class AsyncVoidAnalyzerTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("private static async void Fire() => await Task.Yield();", "CHAT004 Fire")]
    [DataRow("public Timer Start() => new(async _ => await Task.Yield());", "CHAT004 async")]
    [DataRow("public Action Start() { return Fire; async void Fire() => await Task.Yield(); }", "CHAT004 Fire")]
    [DataRow("public Action Start() => async delegate { await Task.Yield(); };", "CHAT004 async")]
    [DataRow("/// <summary>x</summary>\n[Command(\"um\")] public async void Run() => await Task.Yield();", "CHAT004 Run")]
    [DataRow("public Func<Task> Start() => async () => await Task.Yield();", "")]
    [DataRow("private static async Task Fire() => await Task.Yield();", "")]
    [DataRow("private static void Fire() { }", "")]
    public async Task WhatIsAsyncVoidIsReportedOnce(string member, string expected) => Assert.AreEqual(
        expected, string.Join(", ", await Analysis.RunAsync(Snippet.Commands(member), TestContext.CancellationToken)));
}
