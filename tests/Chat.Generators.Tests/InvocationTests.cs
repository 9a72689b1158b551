namespace Chat.Generators.Tests;

/// <summary>Generated code passes values to the method, and converts what it returns.</summary>
[TestClass]
public sealed class InvocationTests
{
    [TestMethod]
    [DataRow("string Run() => \"a\";", "Reply a")]
    [DataRow("string? Run() => null;", "Reply ")]
    [DataRow("void Run() { }", "Reply ")]
    [DataRow("CommandResult Run() => CommandResult.ToRoom(\"a\");", "Post a")]
    [DataRow("CommandResult? Run() => null;", "Reply ")]
    [DataRow("CommandResult.Reply Run() => new(\"a\");", "Reply a")]
    [DataRow("async Task Run() => await Task.Yield();", "Reply ")]
    [DataRow("async Task<string> Run() { await Task.Yield(); return \"a\"; }", "Reply a")]
    [DataRow("Task<CommandResult> Run() => Task.FromResult(CommandResult.Refuse(\"no\", \"a\"));", "Refusal a")]
    [DataRow("Task<CommandResult?> Run() => Task.FromResult<CommandResult?>(null);", "Reply ")]
    [DataRow("ValueTask Run() => default;", "Reply ")]
    [DataRow("ValueTask<string?> Run() => new((string?)null);", "Reply ")]
    [DataRow("ValueTask<CommandResult> Run() => new(CommandResult.ToRoom(\"a\"));", "Post a")]
    [DataRow("static string Run() => \"a\";", "Reply a")]
    public async Task AReturnValueBecomesAResult(string method, string expected)
    {
        using var plugin = LoadedPlugin.From(Snippet.Commands($"/// <summary>x</summary>\n[Command(\"um\")] public {method}"));
        var result = await plugin.RunAsync("um");
        var text = result switch
        {
            CommandResult.Reply r => r.Text,
            CommandResult.Post p => p.Text,
            CommandResult.Refusal r => r.Text,
            _ => "",
        };
        Assert.AreEqual(expected, $"{result.GetType().Name} {text}");
    }

    [TestMethod]
    public async Task ValuesServicesAndContextReachTheMethod()
    {
        using var plugin = LoadedPlugin.From("""
            using Microsoft.Extensions.DependencyInjection;
            internal sealed class Clock { public string Time => "noon"; }
            internal sealed class Own : IChatPlugin { public void Configure(IPluginBuilder plugin) =>
                plugin.Services.AddSingleton<Clock>(); }
            internal sealed class Commands(Clock clock)
            {
                /// <summary>x</summary>
                [Command("um")]
                public async Task<string> OneAsync(int a, CommandContext context, [Option] TimeSpan? time,
                    CancellationToken cancellation, Role role = Role.Member, params string[] rest)
                {
                    await Task.CompletedTask.WaitAsync(cancellation);
                    return $"{a} {context.Caller} {time} {role} {string.Join('+', rest)} {clock.Time}";
                }
            }
            """);
        Assert.AreEqual(
            "7 ana 00:00:05 Admin x+y noon", Text(
                await plugin.RunAsync("um", 7, TimeSpan.FromSeconds(5), Role.Admin, new object?[] { "x", "y" })));
        Assert.AreEqual("7 ana  Member  noon", Text(await plugin.RunAsync("um", 7)));
    }

    [TestMethod]
    public async Task KeywordsAsNamesWork()
    {
        using var plugin = LoadedPlugin.From("""
            namespace Chat.Plugins.@event
            {
                internal sealed class @class
                {
                    internal enum @enum { @if, @else }
                    /// <summary>x</summary>
                    [Command("um")]
                    public string @return(string @string, @enum x = @enum.@else) => @string + x;
                }
            }
            """);
        Assert.AreEqual("aelse", Text(await plugin.RunAsync("um", "a")));
    }

    private static string Text(CommandResult result) => ((CommandResult.Reply)result).Text;
}
