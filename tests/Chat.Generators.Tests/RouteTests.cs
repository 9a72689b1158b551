using System.Reflection;

namespace Chat.Generators.Tests;

/// <summary>A method with <c>[Route]</c> is registered and described in the metadata; mistakes are reported.</summary>
[TestClass]
public sealed class RouteTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task ARouteIsRegisteredWithItsPolicy()
    {
        using var plugin = LoadedPlugin.From("""
            [Permission("board.see", DefaultRole = Role.Member)]
            internal sealed class Board
            {
                [Route("GET", "in/{key}"), Deadline(2000)]
                public async Task<string> ShowAsync(string key, RouteRequest request, CancellationToken cancellation)
                {
                    await Task.Yield();
                    return $"{key} {request.Method}";
                }

                [Route("POST", "", MaxBodyBytes = 10), Permission("board.write")]
                public static void Write() { }

                [Route("DELETE", "all")]
                public RouteResponse Clear() => RouteResponse.Empty(205);
            }
            """);
        Assert.AreEqual(
            "DELETE all board.see Member  65536; GET in/{key} board.see Member 00:00:02 65536; POST  board.write Guest  10",
            string.Join("; ", plugin.Routes.OrderBy(r => r.Method, StringComparer.Ordinal)
                .Select(r => $"{r.Method} {r.Path} {r.Permission} {r.DefaultRole} {r.Deadline} {r.MaxBodyBytes}")));
        var answer = await plugin.AskAsync("GET", "in/{key}", ("key", "abc"));
        Assert.AreEqual("abc GET", System.Text.Encoding.UTF8.GetString(answer.Body.Span));
        Assert.AreEqual((204, 205), ((await plugin.AskAsync("POST", "")).Status, (await plugin.AskAsync("DELETE", "all")).Status));
        var declared = plugin.Assembly.GetCustomAttributes<DeclaredRouteAttribute>();
        Assert.AreEqual(
            "DELETE all board.see Member, GET in/{key} board.see Member, POST  board.write ",
            string.Join(", ", declared.Select(d => $"{d.Route} {d.Permission} {d.DefaultRole}").Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    [DataRow("[Route(\"get\", \"a\")] public string A() => \"\";", "CHAT016 Route(\"get\", \"a\")")]
    [DataRow("[Route(\"GET\", \"/a\")] public string A() => \"\";", "CHAT016 Route(\"GET\", \"/a\")")]
    [DataRow("[Route(\"GET\", \"a b\")] public string A() => \"\";", "CHAT016 Route(\"GET\", \"a b\")")]
    [DataRow("[Route(\"GET\", \"{a}/{a}\")] public string A(string a) => a;", "CHAT016 Route(\"GET\", \"{a}/{a}\")")]
    [DataRow("[Route(\"GET\", \"{a}\")] public string A(string b) => b;", "CHAT016 b")]
    [DataRow("[Route(\"GET\", \"a\")] public string A(IStorage b) => \"\";", "CHAT016 b")]
    [DataRow("[Route(\"GET\", \"a\")] public int A() => 1;", "CHAT016 A")]
    [DataRow("[Route(\"GET\", \"a\")] public async void A() { await Task.Yield(); }", "CHAT004 A, CHAT016 A")]
    [DataRow("[Route(\"GET\", \"a\"), RateLimit(1, perSeconds: 1)] public string A() => \"\";", "CHAT016 RateLimit(1, perSeconds: 1)")]
    [DataRow("[Route(\"GET\", \"a\"), Deadline(60000)] public string A() => \"\";", "CHAT012 Deadline(60000)")]
    [DataRow("[Route(\"GET\", \"a\", MaxBodyBytes = 2000000)] public string A() => \"\";",
        "CHAT012 Route(\"GET\", \"a\", MaxBodyBytes = 2000000)")]
    [DataRow("[Route(\"GET\", \"a\")] private string A() => \"\";", "CHAT010 A")]
    [DataRow("[Route(\"GET\", \"a/{x}\")] public void A() { } [Route(\"GET\", \"a/{y}\")] public void B() { }", "CHAT016 B")]
    [DataRow("[Route(\"GET\", \"a\")] public void A() { } [Route(\"PUT\", \"a\")] public void B() { }", "")]
    [DataRow("[Route(\"GET\", \"a\")] public async Task A(CancellationToken stop) => await Task.Delay(1);", "CHAT005 Task.Delay(1)")]
    [DataRow("public Commands(IRooms rooms) { } [Route(\"GET\", \"a\")] public void A() { }", "CHAT015 rooms")]
    public async Task AMistakeIsReported(string members, string expected) => Assert.AreEqual(
        expected, string.Join(", ", await Analysis.RunAsync(Snippet.Commands(members), TestContext.CancellationToken)));
}
