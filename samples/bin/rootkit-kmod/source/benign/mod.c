#include <linux/module.h>
static LIST_HEAD(items);
static void drop(struct item *it) {
    list_del(&it->list);
}
MODULE_LICENSE("GPL");
