using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Chat.Testing.Tests;

/// <summary>The steps of an author without a clone of this repository: SDK, template, build, test, install.</summary>
[TestClass]
public sealed class AuthorTests
{
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory); // …/bin/Debug/net10.0

    [TestMethod]
    public async Task AnAuthorGetsFromTheTemplateToARunningCommand()
    {
        using var dotnet = new Dotnet();
        await PackAsync(dotnet);
        foreach (var arguments in NewCommandsIn(await LayOutAsync(dotnet))) await dotnet.RunAsync("sdk", arguments);

        Assert.Contains("0 Warning(s)", await dotnet.RunAsync("sdk/Dice", "build", "--verbosity", "minimal"));
        Assert.Contains("failed: 0", await dotnet.RunAsync("sdk/Dice", "test", "--no-build"));
        await NameAnotherAsync(dotnet);
        await RenewAsync(dotnet);
        await DropAsync(dotnet["sdk/Dice/Dice/bin/Debug/net10.0/Dice.dll"]);
        await DevelopAsync(dotnet);
    }

    /// <summary>The <c>dotnet new</c> lines of what the daemon prints; those that create a plugin name its command, too.</summary>
    private static IEnumerable<string[]> NewCommandsIn(string text) =>
        from line in text.Split('\n')
        where line.StartsWith("  dotnet new ", StringComparison.Ordinal)
        let words = line.Trim().Split(' ')[1..]
        select words.Contains("-n") ? [.. words, "--command", "sortear"] : words;

    private static Task<string> LayOutAsync(Dotnet dotnet) =>
        dotnet.RunAsync(
            ".", "exec", Path.Combine(AppContext.BaseDirectory, "chatd.dll"), "sdk", dotnet["sdk"], "--packages", dotnet["made"]);

    /// <summary>A plugin's name may contain names of types that the template uses.</summary>
    private static async Task NameAnotherAsync(Dotnet dotnet)
    {
        await dotnet.RunAsync("sdk", "new", "chat-plugin", "-n", "Task.Random");
        Assert.Contains("0 Warning(s)", await dotnet.RunAsync("sdk/Task.Random", "build", "--verbosity", "minimal"));
    }

    /// <summary>Another build of the same version, as after the next commit.</summary>
    private static async Task RenewAsync(Dotnet dotnet)
    {
        var file = Directory.GetFiles(dotnet["made"], "Chat.Abstractions.*.nupkg").Single();
        await using (var package = await ZipFile.OpenAsync(file, ZipArchiveMode.Update))
            package.CreateEntry("next/commit.txt");
        await LayOutAsync(dotnet);
        await dotnet.RunAsync("sdk/Dice", "build", "--verbosity", "quiet");
        Assert.HasCount(1, Directory.GetFiles(dotnet["sdk/restored/chat.abstractions"], "commit.txt", SearchOption.AllDirectories));
    }

    private static async Task DevelopAsync(Dotnet dotnet)
    {
        using var process = dotnet.Start(
            "sdk", "exec", Path.Combine(AppContext.BaseDirectory, "chatd.dll"), "dev", "Dice", "--listen", "127.0.0.1:0");
        try
        {
            await DevelopAsync(dotnet, process);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task DevelopAsync(Dotnet dotnet, Process process)
    {
        await ReadToAsync(process, "dice 1.0.0", "Commands added: sortear.");
        await ReadToAsync(process, "Ctrl-C");
        var source = dotnet["sdk/Dice/Dice/Commands.cs"];
        File.SetLastWriteTimeUtc(source, DateTime.UtcNow);
        await ReadToAsync(process, "did not change the plugin");
        await EditAsync(source, "sortear", "lancar");
        await ReadToAsync(process, "in place of", "Commands added: lancar; removed: sortear.");
        await ReadToAsync(process, "collected");
        await ReferAsync(dotnet, process);
        await File.WriteAllTextAsync(source, "no code");
        await ReadToAsync(process, "error CS");
        await EditAsync(source, "no", "still no");
        await ReadToAsync(process, "Building");
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await Dotnet.ExitAsync(kill);
        await Dotnet.ExitAsync(process);
        Assert.AreEqual(0, process.ExitCode, await process.StandardError.ReadToEndAsync());
    }

    /// <summary>From then on, the sources of the other project are watched too.</summary>
    private static async Task ReferAsync(Dotnet dotnet, Process process)
    {
        Directory.CreateDirectory(dotnet["sdk/Lib"]);
        await File.WriteAllTextAsync(dotnet["sdk/Lib/Lib.cs"], "public static class Lib { public const string Says = \"one\"; }");
        await File.WriteAllTextAsync(dotnet["sdk/Lib/Lib.csproj"], """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
            """);
        Directory.CreateDirectory(dotnet["sdk/Tool"]);
        File.Copy(dotnet["sdk/Lib/Lib.csproj"], dotnet["sdk/Tool/Tool.csproj"]);
        await EditAsync(dotnet["sdk/Dice/Dice/Dice.csproj"], "</Project>", """
            <ItemGroup>
              <ProjectReference Include="../../Lib/Lib.csproj" />
              <ProjectReference Include="../../Tool/Tool.csproj" ReferenceOutputAssembly="false" />
            </ItemGroup></Project>
            """);
        await ReadToAsync(process, "Dice/Dice, Lib, Tool.");
        var dropped = Regex.Match(await ReadToAsync(process, "in place of"), @"from (\S+) is").Groups[1].Value;
        Assert.AreEqual(
            "Dice.dll, Lib.dll", string.Join(
                ", ", Directory.GetFiles(dropped, "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        await ReadToAsync(process, "collected");
        await EditAsync(dotnet["sdk/Lib/Lib.cs"], "one", "two");
        await ReadToAsync(process, "in place of");
        await ReadToAsync(process, "collected");
    }

    private static async Task EditAsync(string file, string old, string now) =>
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace(old, now, StringComparison.Ordinal));

    /// <summary>Reads lines until one contains all the parts, and returns it.</summary>
    private static async Task<string> ReadToAsync(Process process, params string[] parts)
    {
        var seen = new List<string>();
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            seen.Add(line);
            if (parts.All(part => line.Contains(part, StringComparison.Ordinal))) return line;
        }
        var errors = await process.StandardError.ReadToEndAsync(timeout.Token);
        throw new AssertFailedException($"The process ended without {string.Join(" … ", parts)}:\n{string.Join('\n', seen)}\n{errors}");
    }

    /// <summary>Packs the projects that were built with this test, in one run.</summary>
    private static async Task PackAsync(Dotnet dotnet)
    {
        var root = Output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        string[] projects =
        [
            "Chat.Abstractions/Chat.Abstractions",
            "Chat.Protocol/Chat.Protocol",
            "Chat.Client/Chat.Client",
            "Chat.Testing/Chat.Testing",
            "templates/Chat.Templates",
        ];
        var configuration = Output.Parent!.Name;
        var paths = string.Join(';', projects.Select(project => Path.Combine(root, project + ".csproj")));
        await File.WriteAllTextAsync(dotnet["pack.proj"], $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{paths}" Targets="Pack"
                         Properties="NoBuild=true;BuildProjectReferences=false;
                                     Configuration={configuration};PackageOutputPath={dotnet["made"]}" />
              </Target>
            </Project>
            """);
        await dotnet.RunAsync(".", "msbuild", "pack.proj", "-target:Pack", "-verbosity:quiet");
    }

    private static async Task DropAsync(string plugin)
    {
        await using var chat = await ChatTest.WithPlugin(plugin);
        var bia = chat.User("bia").In("geral");
        var answer = await chat.User("ana").In("geral").Sends("/sortear 20");
        answer.ShouldPost(text => text.StartsWith("🎲 d20 = ", StringComparison.Ordinal));
        Assert.AreEqual("sortear", (await bia.ShouldSee(_ => true)).Via);
    }
}
