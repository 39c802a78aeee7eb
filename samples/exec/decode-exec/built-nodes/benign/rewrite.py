import ast
import subprocess

DANGEROUS = ["os.system", "os.dup2", "subprocess.call"]


class Rewriter(ast.NodeTransformer):
    def visit_Assert(self, node):
        call = ast.Call(ast.Name("check", ast.Load()), [node.test], [])
        return ast.copy_location(ast.Expr(call), node)


def load(source):
    tree = Rewriter().visit(ast.parse(source))
    tree.body.insert(0, ast.Import([ast.alias("check")]))
    exec(compile(ast.Module(tree.body, []), "<rewritten>", "exec"), {})


def version():
    return subprocess.run(["git", "describe"], capture_output=True)
