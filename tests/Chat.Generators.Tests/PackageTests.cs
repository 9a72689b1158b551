using System.Diagnostics;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Generators.Tests;

/// <summary>Builds a plugin outside this repository from the package and one source file. Nothing else is fetched.</summary>
[TestClass]
public sealed class PackageTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Chat.Abstractions" Version="*" />
          </ItemGroup>
        </Project>
        """;

    private const string Plugin = """
        using Chat;
        using Microsoft.Extensions.DependencyInjection;

        public sealed record Greeting(string Word);

        public sealed class Visits : IChatPlugin
        {
            public void Configure(IPluginBuilder plugin) => plugin.Services.AddSingleton(new Greeting("recebe"));
        }

        internal sealed class VisitCommands(TimeProvider time, Greeting greeting)
        {
            /// <summary>Recebe uma visita.<para xml:lang="en">Welcomes a visitor.</para></summary>
            /// <param name="quem">O nome da visita.</param>
            [Command("visita"), Alias("visit", "en"), Example("/visita Rui 2")]
            public string Welcome(CommandContext context, string quem, int vezes = 1) =>
                $"{context.Caller} {greeting.Word} {quem} {vezes}× desde {time.GetUtcNow().Year / 1000}000.";
        }
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-package-");

    public TestContext TestContext { get; set; } = null!;

    [TestCleanup]
    public void Delete() => folder.Delete(recursive: true);

    [TestMethod]
    public async Task APluginNeedsNothingButThePackage()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory); // …/bin/Debug/net10.0
        await DotnetAsync(
            "pack", Path.Combine(
                Repository(output).FullName,
                "Chat.Abstractions"), "--no-build", "--configuration", output.Parent!.Name, "--output", In("feed"));
        Write(
            "nuget.config",
            $"<configuration><packageSources><clear /><add key=\"local\" value=\"{In("feed")}\" /></packageSources></configuration>");
        Write("Visit/Visit.csproj", Project);
        Write("Visit/Visit.cs", Plugin);
        await DotnetAsync(
            "build", In("Visit"), "--output", In("Plugins/Visit"), "-p:RestorePackagesPath="
                + In("packages"), "-p:UseSharedCompilation=false");

        Assert.AreEqual(
            "Visit.deps.json Visit.dll Visit.pdb Visit.xml", string.Join(
                ' ', new DirectoryInfo(In("Plugins/Visit")).GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal)));
        Assert.DoesNotContain(
            "Chat.Abstractions.dll", await File.ReadAllTextAsync(In("Plugins/Visit/Visit.deps.json"), TestContext.CancellationToken));
        await RunAsync();
    }

    private async Task RunAsync()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Plugins:Folders:0", In("Plugins")));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        Assert.AreEqual("ana recebe Rui 2× desde 2000.", await AskAsync(ana, "/visit Rui 2"));
        Assert.Contains("Recebe uma visita.", await AskAsync(ana, "/ajuda visita"));
        Assert.Contains("O nome da visita.", await AskAsync(ana, "/ajuda visita"));
    }

    private static async Task<string> AskAsync(TestClient client, string line) =>
        (await client.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message(line, "geral"))).Text;

    private async Task DotnetAsync(string verb, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [verb, .. arguments, "-m:1", "-nodeReuse:false", "-v:quiet", "-nologo"])
        { WorkingDirectory = folder.FullName };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name); // those of the build that these tests run in
        await using var process = new RunningProcess(start);
        process.CloseInput();
        Assert.AreEqual(0, await process.ExitAsync(TimeSpan.FromMinutes(2)), process.Story);
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(file))!);
        File.WriteAllText(In(file), text);
    }

    private string In(string path) => Path.Combine(folder.FullName, path);

    private static DirectoryInfo Repository(DirectoryInfo at) => File.Exists(Path.Combine(at.FullName, "Chat.sln"))
        ? at
        : Repository(at.Parent ?? throw new InvalidOperationException("These tests run within the repository."));
}
