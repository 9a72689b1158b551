using Chat.Daemon.Web;

namespace Chat.Daemon.Tests.Web;

/// <summary>Modules become one script, each of them once, after those that it imports.</summary>
[TestClass]
public sealed class PageBundleTests
{
    [TestMethod]
    public void EachFormOfImportAndExportIsRead()
    {
        var script = Make(new()
        {
            ["app.js"] =
                "// The page.\n  /** Comments go. */\n"
                + "import './a.js';\nimport { one, two as other } from './folder/b.js';\nimport * as a from './a.js';\nrun();",
            ["a.js"] = "export async function load(x) {\n}\nexport class Box extends Set {}",
            ["folder/b.js"] = "import en from '../t.json' with { type: 'json' };\nexport const one = (x) => x;\nexport const two = en;",
            ["t.json"] = "{ \"a\": \"b\" }\n",
        });
        Assert.AreEqual(
            """
            // a.js
            const module0 = (() => {
            async function load(x) {
            }
            class Box extends Set {}
            return { load, Box };
            })();
            // t.json
            const module1 = { "a": "b" };
            // folder/b.js
            const module2 = (() => {
            const en = module1;
            const one = (x) => x;
            const two = en;
            return { one, two };
            })();
            // app.js
            const module3 = (() => {

            const { one, two: other } = module2;
            const a = module0;
            run();
            return {  };
            })();

            """.ReplaceLineEndings("\n"), script);
    }

    [TestMethod]
    [DataRow("import x from \"./a.js\";")]
    [DataRow("import { x")]
    [DataRow("import 'https://example.org/x.js';")]
    [DataRow("export default 1;")]
    [DataRow("export { x };")]
    [DataRow("export let x = 1;")]
    [DataRow("export * from './a.js';")]
    [DataRow("import { x } from './app.js';")]
    public void AnotherFormIsRefused(string line) =>
        Assert.ThrowsExactly<InvalidDataException>(() => Make(new() { ["app.js"] = line, ["a.js"] = "" }));

    private static string Make(Dictionary<string, string> sources) => PageBundle.Make("app.js", path => sources[path]);
}
